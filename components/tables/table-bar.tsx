'use client';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, Plus, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { Table } from '#server/tables/schema.ts';
import type { Row } from './export-rows.ts';
import { FilterButton } from './filter/filter-button.tsx';
import type { FilterState } from './filter/use-row-filter.ts';
import type { useTableRows } from './grid/use-table-rows.ts';
import { MoreMenu } from './more-menu.tsx';
import type { TableDialog } from './table-dialogs.tsx';

interface Props {
  table: Table;
  rows: readonly Row[];
  query: ReturnType<typeof useTableRows>['query'];
  filter: FilterState;
  filterError: string | undefined;
  onAddRow: () => void;
  onDialog: (dialog: TableDialog) => void;
}

export function TableBar({ table, rows, query, filter, filterError, onAddRow, onDialog }: Props) {
  const may = useMay();
  const path = useWorkspacePath();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refreshing = query.isFetching && !query.isFetchingNextPage;
  const refresh = () => {
    void query.refetch();
    // others may have changed its columns
    void queryClient.invalidateQueries({ queryKey: trpc.tables.get.queryKey({ id: table.id }) });
  };
  return (
    <header className="flex h-13 shrink-0 items-center gap-1.5 border-b border-border bg-surface px-2 sm:gap-2 sm:px-3">
      <Link
        href={path('tables')}
        aria-label="Back to tables"
        className="grid size-8 shrink-0 place-items-center rounded-md text-foreground-muted hover:bg-muted hover:text-foreground"
      >
        <ArrowLeft className="size-4" />
      </Link>
      <h1 className="min-w-0 truncate text-sm font-semibold" title={table.name}>
        {table.name}
      </h1>
      {may.edit ? null : <Badge>View only</Badge>}
      <div className="min-w-0 flex-1" />
      <IconButton label="Refresh" side="bottom" pending={refreshing} onClick={refresh}>
        <RefreshCw />
      </IconButton>
      <FilterButton columns={table.columns} state={filter} error={filterError} />
      {may.edit && table.columns.length > 0 ? (
        <Button variant="primary" aria-label="Add row" onClick={onAddRow} className="max-sm:px-2">
          <Plus />
          <span className="max-sm:hidden">Add row</span>
        </Button>
      ) : null}
      <MoreMenu table={table} rows={rows} onDialog={onDialog} />
    </header>
  );
}
