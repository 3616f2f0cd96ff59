'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { Table } from '#server/tables/schema.ts';
import { rowsInWords } from './row-words.ts';

interface Props {
  table: Table;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted?: () => void;
}

export function DeleteTableDialog({ table, open, onOpenChange, onDeleted }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.tables.delete.mutationOptions({
      onSuccess: () => {
        toast.success(`“${table.name}” was deleted.`);
        onDeleted?.();
      },
      onSettled: () => {
        onOpenChange(false);
        return queryClient.invalidateQueries({ queryKey: trpc.tables.list.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete “${table.name}”?`}
      confirmLabel="Delete table"
      pending={remove.isPending}
      onConfirm={() => remove.mutate({ id: table.id })}
    >
      {table.rowCount > 0 ? `Its ${rowsInWords(table.rowCount)} go with it. ` : ''}
      Workflows that use it fail from now on. This cannot be undone.
    </ConfirmDialog>
  );
}
