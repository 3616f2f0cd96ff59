import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#lib/cn.ts';

const LOOKS = {
  danger: { box: 'bg-danger-soft text-danger', Icon: TriangleAlert },
  warning: { box: 'bg-warning-soft text-warning', Icon: TriangleAlert },
  success: { box: 'bg-success-soft text-success', Icon: CircleCheck },
  info: { box: 'bg-info-soft text-info', Icon: Info },
} as const;

/** A message inside a page or form. Errors interrupt a screen reader, the rest waits its turn. */
export function Callout({
  tone,
  className,
  children,
}: {
  tone: keyof typeof LOOKS;
  className?: string;
  children: ReactNode;
}) {
  const { box, Icon } = LOOKS[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn('flex items-start gap-2 rounded-md px-3 py-2 text-ui', box, className)}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
