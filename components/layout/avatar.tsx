import type { CSSProperties } from 'react';
import { cn } from '#lib/cn.ts';

const HUES = ['violet', 'blue', 'emerald', 'amber', 'rose', 'cyan'] as const;

/** Initials on a hue that the id chooses, so that a person or workspace looks the same everywhere. */
export function Avatar({
  name,
  seed,
  square = false,
  className,
}: {
  name: string;
  seed: string;
  square?: boolean;
  className?: string;
}) {
  const sum = [...seed].reduce((total, char) => total + char.charCodeAt(0), 0);
  return (
    <span
      aria-hidden="true"
      style={{ '--hue': `var(--hue-${HUES[sum % HUES.length]})` } as CSSProperties}
      className={cn(
        'inline-flex size-6 shrink-0 items-center justify-center bg-(--hue)/15 text-[11px] font-semibold text-[color-mix(in_oklch,var(--hue)_55%,var(--foreground))]',
        square ? 'rounded-md' : 'rounded-full',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : [words[0]!];
  return letters.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}
