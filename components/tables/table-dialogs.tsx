'use client';
import type { Table } from '#server/tables/schema.ts';
import { ColumnsDialog } from './columns/columns-dialog.tsx';
import { DeleteTableDialog } from './delete-table-dialog.tsx';
import { RenameTableDialog } from './rename-table-dialog.tsx';

export type TableDialog = 'rename' | 'columns' | 'delete';

interface Props {
  table: Table;
  open: TableDialog | null;
  onClose: () => void;
  onDeleted?: () => void;
}

/** What can be done to a table as a whole; the list and the table's own page share it. */
export function TableDialogs({ table, open, onClose, onDeleted }: Props) {
  const close = (open: boolean) => {
    if (!open) onClose();
  };
  return (
    <>
      <RenameTableDialog table={table} open={open === 'rename'} onOpenChange={close} />
      <ColumnsDialog table={table} open={open === 'columns'} onOpenChange={close} />
      <DeleteTableDialog table={table} open={open === 'delete'} onOpenChange={close} onDeleted={onDeleted} />
    </>
  );
}
