import { cn } from '#lib/cn.ts';
import { levelOf } from './forecast.ts';

const FILL = { fine: 'bg-accent', high: 'bg-hue-amber', full: 'bg-danger' } as const;

interface UsageBarProps {
  /** Read out with the numbers: “Executions this month”. */
  label: string;
  used: number;
  /** null: there is none, and the bar stays empty. */
  limit: number | null;
  /** Where the own limit ends and what is paid for begins. */
  mark?: number;
  size?: 'sm' | 'md';
  className?: string;
}

/** How much of a limit is used: in another colour from 80 %, and again when it is full. */
export function UsageBar({ label, used, limit, mark, size = 'md', className }: UsageBarProps) {
  const share = limit === null ? 0 : limit === 0 ? 1 : Math.min(1, used / limit);
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers let no style of ours into a <meter>
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit ?? undefined}
      aria-valuenow={limit === null ? used : Math.min(used, limit)}
      aria-valuetext={`${used.toLocaleString('en')}${limit === null ? '' : ` of ${limit.toLocaleString('en')}`}`}
      className={cn(
        'relative overflow-hidden rounded-full bg-muted-strong',
        size === 'sm' ? 'h-1.5' : 'h-2.5',
        className,
      )}
    >
      <div
        className={cn('h-full rounded-full transition-[width]', FILL[levelOf(used, limit)])}
        style={{ width: `${share > 0 ? Math.max(share * 100, 1) : 0}%` }}
      />
      {mark !== undefined && limit ? (
        <span
          aria-hidden="true"
          className="absolute inset-y-0 w-0.5 bg-foreground/60"
          style={{ left: `${Math.min(100, (mark / limit) * 100)}%` }}
        />
      ) : null}
    </div>
  );
}
