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
  bulk: Bulk;
}

/** The head of the list: column titles, or what can be done with the ticked rows. Stays in sight. */
export function SelectionBar({ selection, listed, bulk }: Props) {
  const may = useMay();
  const { ids } = selection;
  const some = ids.length > 0;
  const busy = bulk.progress !== null;
  // on a small screen it stands beside the box already
  const number = <span className="max-md:hidden">{ids.length} </span>;
  return (
    <div
      className={cn(
        'sticky top-0 z-2 min-h-11 items-center rounded-t-xl border-b border-border bg-surface px-4 py-1.5 text-xs font-medium text-foreground-subtle',
        some ? 'flex flex-wrap gap-x-3 gap-y-1.5' : cn(DEAD_LETTER_COLUMNS, 'flex md:grid'),
        !may.edit && 'max-md:hidden',
      )}
    >
      {may.edit ? (
        <span className="flex items-center gap-3">
          <Checkbox
            aria-label="Select all on this page"
            checked={some ? (ids.length === listed ? true : 'indeterminate') : false}
            onCheckedChange={selection.toggleAll}
          />
          {some ? (
            <span role="status" className="text-foreground tabular-nums">
              {ids.length} selected
            </span>
          ) : (
            <span className="md:hidden">Select all</span>
          )}
        </span>
      ) : (
        <span />
      )}
      {some ? (
        <>
          <div className="flex items-center gap-1 max-md:order-last max-md:w-full">
            <RetryButton
              primary
              label={
                <>
                  Retry {number}from where {ids.length === 1 ? 'it' : 'they'} failed
                </>
              }
              menuLabel={`Other ways to retry ${plural(ids.length, 'execution')}`}
              title="What had ended well is not run again."
              disabled={busy}
              onRetry={(how) => bulk.retry({ ids }, how)}
            />
            <DismissButton
              label={<>Dismiss {number}</>}
              count={ids.length}
              disabled={busy}
              onDismiss={() => bulk.dismiss({ ids })}
            />
          </div>
          <Button size="sm" variant="ghost" className="max-md:ml-auto" onClick={selection.clear}>
            Clear
          </Button>
        </>
      ) : (
        <>
          <span className="max-md:hidden">Status</span>
          <span className="max-md:hidden">Workflow and error</span>
          <span className="max-md:hidden">Started by</span>
          <span className="max-md:hidden">Failed</span>
        </>
      )}
    </div>
  );
}
