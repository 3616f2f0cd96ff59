'use client';
import { Trash2 } from 'lucide-react';
import type { Selection } from '#components/dead-letters/use-selection.ts';
import { Button } from '#components/ui/button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import type { Table } from '#server/tables/schema.ts';
import type { useTableRows } from './grid/use-table-rows.ts';
import { exactCount, rowsInWords } from './row-words.ts';

interface Props {
  table: Table;
  loaded: number;
  filtered: boolean;
  query: ReturnType<typeof useTableRows>['query'];
  saving: boolean;
  /** Edits that the server did not take. */
  refused: number;
  selection: Selection;
  onDelete: () => void;
}

/** How much is there, or what can be done with the rows that are ticked. */
export function TableFooter({ table, loaded, filtered, query, saving, refused, selection, onDelete }: Props) {
  const may = useMay();
  const { ids } = selection;
  return (
    <footer className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-border bg-surface px-3 py-1.5 text-xs text-foreground-muted sm:px-4">
      {ids.length > 0 ? (
        <>
          <span role="status" className="font-medium text-foreground tabular-nums">
            {exactCount(ids.length)} selected
          </span>
          <Button size="sm" variant="danger-ghost" onClick={onDelete}>
            <Trash2 className="size-3.5" />
            Delete…
          </Button>
          <Button size="sm" variant="ghost" onClick={selection.clear}>
            Clear
          </Button>
        </>
      ) : (
        <span role="status" className="flex items-center gap-2 tabular-nums">
          {query.data ? howMany(table.rowCount, loaded, filtered, query.hasNextPage) : 'Loading'}
          {query.isFetchingNextPage ? <Spinner className="size-3.5" /> : null}
        </span>
      )}
      {saving ? (
        <span className="flex items-center gap-1.5">
          <Spinner className="size-3.5" />
          Saving…
        </span>
      ) : null}
      {refused > 0 ? (
        <span role="alert" className="text-danger">
          {refused === 1 ? 'The value in red is not saved.' : `${refused} values in red are not saved.`}
        </span>
      ) : null}
      {query.isFetchNextPageError ? (
        <span role="alert" className="flex items-center gap-2 text-danger">
          More rows could not be loaded.
          <Button size="sm" onClick={() => void query.fetchNextPage()}>
            Try again
          </Button>
        </span>
      ) : query.isRefetchError ? (
        <span role="alert" className="text-danger">
          These rows could not be refreshed.
        </span>
      ) : null}
      {may.edit && loaded > 0 ? (
        <span className="ml-auto hidden items-center gap-1.5 text-foreground-subtle lg:flex">
          <Kbd keys="enter" /> edits and saves, <Kbd keys="esc" /> gives up
        </span>
      ) : null}
    </footer>
  );
}

function howMany(total: number, loaded: number, filtered: boolean, more: boolean): string {
  if (filtered)
    return more
      ? `More than ${exactCount(loaded)} rows meet the filter`
      : `${rowsInWords(loaded)} of ${exactCount(total)}`;
  return more ? `${rowsInWords(total)}, ${exactCount(loaded)} loaded` : rowsInWords(loaded);
}
