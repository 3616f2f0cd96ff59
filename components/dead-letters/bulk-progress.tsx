'use client';
import { formatCount } from '#components/editor/format.ts';
import { Button } from '#components/ui/button.tsx';
import { MAX_HANDLED_AT_ONCE } from '#server/dead-letters/schema.ts';
import type { Bulk } from './use-bulk.ts';

/** How far a run of several calls is; one call is over before anybody has read this. */
export function BulkProgress({ bulk: { progress, stop } }: { bulk: Bulk }) {
  if (!progress || progress.total <= MAX_HANDLED_AT_ONCE) return null;
  const { verb, done, total, stopping } = progress;
  return (
    <div className="flex items-center gap-4 rounded-xl border border-border bg-surface px-4 py-3 shadow-card">
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="text-ui font-medium tabular-nums" role="status">
          {stopping ? 'Stopping …' : `${verb} ${formatCount(done)} of ${formatCount(total)} …`}
        </p>
        <div
          role="progressbar"
          aria-label={verb}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={Math.min(done, total)}
          className="h-1.5 overflow-hidden rounded-full bg-muted-strong"
        >
          <div
            className="h-full rounded-full bg-accent transition-[width] duration-300"
            style={{ width: `${Math.min(100, (done / total) * 100)}%` }}
          />
        </div>
      </div>
      <Button size="sm" disabled={stopping} onClick={stop}>
        Stop
      </Button>
    </div>
  );
}
