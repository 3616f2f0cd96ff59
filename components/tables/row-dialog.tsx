'use client';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import type { Table } from '#server/tables/schema.ts';
import { toText } from './cell-values.ts';
import type { Row } from './export-rows.ts';
import type { RowChanges } from './grid/use-row-changes.ts';
import { RowForm } from './row-form.tsx';

interface Props {
  table: Table;
  /** The row that is open, a new one, or none. */
  row: Row | 'new' | null;
  readOnly: boolean;
  changes: RowChanges;
  onClose: () => void;
}

/** All values of one row, in full: to read, to change, or to begin with. */
export function RowDialog({ table, row, readOnly, changes, onClose }: Props) {
  return (
    <Dialog open={row !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent width="lg">
        <DialogHeader>
          <DialogTitle>{row === 'new' ? 'New row' : `Row ${row?.id ?? ''}`}</DialogTitle>
          <DialogDescription>
            {row === 'new' || !row
              ? `In “${table.name}”. What you leave empty is empty in the row.`
              : `Created ${toText(row.createdAt, 'date')}, changed ${toText(row.updatedAt, 'date')}`}
          </DialogDescription>
        </DialogHeader>
        {row ? (
          <RowForm table={table} row={row} readOnly={readOnly} changes={changes} onClose={onClose} />
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
