import { useId } from 'react';
import { cn } from '#lib/cn.ts';

/** Two nodes and the edge between them: the smallest workflow. Kept in step with app/icon.svg. */
export function LogoMark({ className }: { className?: string }) {
  const gradient = useId();
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={cn('size-7 shrink-0', className)}>
      <defs>
        <linearGradient id={gradient} x1="3" y1="2" x2="29" y2="31" gradientUnits="userSpaceOnUse">
          <stop stopColor="#7c6cff" />
          <stop offset="1" stopColor="#4a35d9" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="8.5" fill={`url(#${gradient})`} />
      <path
        d="M10 22h2.5a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 1 3.5-3.5H22"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="8.75" cy="22" r="3.25" fill="#fff" />
      <circle cx="23.25" cy="10" r="3.25" fill="#fff" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2', className)}>
      <LogoMark />
      <span className="text-[15px] font-semibold tracking-tight">LinkFlow</span>
    </span>
  );
}
