'use client';
import { toast } from 'sonner';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { RowChanges } from './grid/use-row-changes.ts';
import { exactCount, rowsInWords } from './row-words.ts';

interface Props {
  ids: readonly number[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  changes: RowChanges;
}

export function DeleteRowsDialog({ ids, open, onOpenChange, changes }: Props) {
  const one = ids.length === 1;
  const remove = () =>
    changes
      .remove(ids)
      .then((deleted) => toast.success(`${rowsInWords(deleted)} deleted.`))
      // the server's reason is in a toast already
      .catch(() => undefined)
      .finally(() => onOpenChange(false));
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={one ? `Delete row ${ids[0]}?` : `Delete ${exactCount(ids.length)} rows?`}
      confirmLabel={one ? 'Delete row' : 'Delete rows'}
      pending={changes.removing}
      onConfirm={() => void remove()}
    >
      Workflows no longer find {one ? 'it' : 'them'}. This cannot be undone.
    </ConfirmDialog>
  );
}
