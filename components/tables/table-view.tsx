'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useSelection } from '#components/dead-letters/use-selection.ts';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { QueryError } from '#components/ui/query-error.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { Table } from '#server/tables/schema.ts';
import { DeleteRowsDialog } from './delete-rows-dialog.tsx';
import type { Row } from './export-rows.ts';
import { FilterChips } from './filter/filter-chips.tsx';
import { useRowFilter } from './filter/use-row-filter.ts';
import { gridColumns } from './grid/grid-columns.ts';
import { GridSkeleton } from './grid/grid-skeleton.tsx';
import { RowGrid } from './grid/row-grid.tsx';
import { useCellEditing } from './grid/use-cell-editing.ts';
import { useRowChanges } from './grid/use-row-changes.ts';
import { type RowSort, useTableRows } from './grid/use-table-rows.ts';
import { NoRows } from './no-rows.tsx';
import { RowDialog } from './row-dialog.tsx';
import { TableBar } from './table-bar.tsx';
import { type TableDialog, TableDialogs } from './table-dialogs.tsx';
import { TableFooter } from './table-footer.tsx';
import { useStayWhile } from './use-stay-while.ts';

/** One table: its bar, its rows, and what is open above them. */
export function TableView({ table }: { table: Table }) {
  const may = useMay();
  const router = useRouter();
  const path = useWorkspacePath();
  const filter = useRowFilter(table.columns);
  const [order, setOrder] = useState<RowSort>('newest');
  const { query, rows, queryKey } = useTableRows(table.id, filter.filter, order);
  const filtered = filter.filter.conditions.length > 0;
  const columns = useMemo(() => gridColumns(table), [table]);
  const changes = useRowChanges(table, queryKey, { filtered, order });
  const editing = useCellEditing(columns, rows, changes, may.edit);
  const ids = useMemo(() => rows.map(({ id }) => String(id)), [rows]);
  const selection = useSelection(ids);
  const [openRow, setOpenRow] = useState<Row | 'new' | null>(null);
  const [dialog, setDialog] = useState<TableDialog | null>(null);
  const [deleting, setDeleting] = useState(false);
  useStayWhile(changes.saving || editing.refused > 0);
  // a filter that the server refuses is corrected where it is written
  const refused = filtered && query.isError && errorCode(query.error) === 'BAD_REQUEST';
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TableBar
        table={table}
        rows={rows}
        query={query}
        filter={filter}
        filterError={refused ? errorMessage(query.error) : undefined}
        onAddRow={() => setOpenRow('new')}
        onDialog={setDialog}
      />
      <FilterChips columns={table.columns} state={filter} />
      {query.isPending ? (
        <GridSkeleton />
      ) : !query.data ? (
        <div className="m-auto">
          <QueryError error={query.error} onRetry={() => query.refetch()} />
        </div>
      ) : rows.length === 0 ? (
        <NoRows
          table={table}
          filtered={filtered}
          onClear={filter.clear}
          onAddRow={() => setOpenRow('new')}
          onColumns={() => setDialog('columns')}
        />
      ) : (
        <RowGrid
          label={`Rows of ${table.name}`}
          columns={columns}
          rows={rows}
          query={query}
          order={order}
          onOrderChange={setOrder}
          selection={may.edit ? selection : null}
          editing={editing}
          onOpenRow={setOpenRow}
          onDelete={() => setDeleting(true)}
        />
      )}
      <TableFooter
        table={table}
        loaded={rows.length}
        filtered={filtered}
        query={query}
        saving={changes.saving}
        refused={editing.refused}
        selection={selection}
        onDelete={() => setDeleting(true)}
      />
      <RowDialog
        table={table}
        row={openRow}
        readOnly={!may.edit}
        changes={changes}
        onClose={() => setOpenRow(null)}
      />
      <DeleteRowsDialog
        ids={selection.ids.map(Number)}
        open={deleting}
        onOpenChange={setDeleting}
        changes={changes}
      />
      <TableDialogs
        table={table}
        open={dialog}
        onClose={() => setDialog(null)}
        onDeleted={() => router.push(path('tables'))}
      />
    </div>
  );
}
