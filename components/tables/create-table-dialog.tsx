'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#components/trpc/client.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { CreateTableForm } from './create-table-form.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Creates a table and opens it. */
export function CreateTableDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent width="lg">
        <CreateTable onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CreateTable({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = useWorkspacePath();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.tables.create.mutationOptions({
      meta: { showsError: true },
      onSuccess: (table) => {
        queryClient.setQueryData(trpc.tables.get.queryKey({ id: table.id }), table);
        void queryClient.invalidateQueries({ queryKey: trpc.tables.list.pathKey() });
        router.push(path(`tables/${table.id}`));
      },
    }),
  );
  return (
    <CreateTableForm
      pending={create.isPending || create.isSuccess}
      error={create.error}
      onCreate={(input) => create.mutate(input)}
      onChange={() => create.reset()}
      onClose={onClose}
    />
  );
}
