'use client';
import { plural } from '#components/editor/format.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { cn } from '#lib/cn.ts';
import { DEAD_LETTER_COLUMNS } from './dead-letter-row.tsx';
import { DismissButton } from './dismiss-button.tsx';
import { RetryButton } from './retry-button.tsx';
import type { Bulk } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';

interface Props {
  selection: Selection;
  listed: number;
  /** Not all that match are loaded. */
  hasMore: boolean;
  bulk: Bulk;
}

/** The head of the list: column titles, or what can be done with the ticked rows. Stays in sight. */
export function SelectionBar({ selection, listed, hasMore, bulk }: Props) {
  const may = useMay();
  const { ids } = selection;
  const some = ids.length > 0;
  const busy = bulk.progress !== null;
  // on a small screen it stands beside the box already
  const number = <span className="max-lg:hidden">{ids.length} </span>;
  return (
    <div
      className={cn(
        'sticky top-0 z-2 min-h-11 items-center rounded-t-xl border-b border-border bg-surface px-4 py-1.5 text-xs font-medium text-foreground-subtle',
        some ? 'flex flex-wrap gap-x-3 gap-y-1.5' : cn(DEAD_LETTER_COLUMNS, 'flex lg:grid'),
        !may.edit && 'max-lg:hidden',
      )}
    >
      {may.edit ? (
        <span className="flex items-center gap-3">
          <Checkbox
            aria-label="Select all on this page"
            checked={some ? (ids.length === listed ? true : 'indeterminate') : false}
            onCheckedChange={selection.toggleAll}
          />
          <span role="status" className="text-foreground tabular-nums empty:hidden">
            {some
              ? `${ids.length} selected${hasMore && ids.length === listed ? ' of those loaded' : ''}`
              : ''}
          </span>
          {some ? null : <span className="lg:hidden">Select all</span>}
        </span>
      ) : (
        <span />
      )}
      {some ? (
        <>
          <div className="flex items-center gap-1 max-lg:order-last max-lg:w-full">
            <RetryButton
              primary
              label={
                <span>
                  Retry {number}from where {ids.length === 1 ? 'it' : 'they'} failed
                </span>
              }
              menuLabel={`Other ways to retry ${plural(ids.length, 'execution')}`}
              title="What had ended well is not run again."
              disabled={busy}
              onRetry={(how) => bulk.retry({ ids }, how)}
            />
            <DismissButton
              label={<span>Dismiss {number}</span>}
              count={ids.length}
              disabled={busy}
              onDismiss={() => bulk.dismiss({ ids })}
            />
          </div>
          <Button size="sm" variant="ghost" className="max-lg:ml-auto" onClick={selection.clear}>
            Clear
          </Button>
        </>
      ) : (
        <>
          <span className="max-lg:hidden">Status</span>
          <span className="max-lg:hidden">Workflow and error</span>
          <span className="max-lg:hidden">Started by</span>
          <span className="max-lg:hidden">Failed</span>
        </>
      )}
    </div>
  );
}
