'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { CreateApiKeyForm } from './create-api-key-form.tsx';
import { CreatedApiKey } from './created-api-key.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** First the form, then the key, once. */
export function CreateApiKeyDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent width="lg">
        <CreateSteps onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CreateSteps({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      meta: { showsError: true },
      gcTime: 0, // the key must not stay in the cache
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.apiKeys.list.queryKey() }),
    }),
  );
  if (create.data)
    return <CreatedApiKey name={create.data.name} secret={create.data.key} onClose={onClose} />;
  return (
    <CreateApiKeyForm
      pending={create.isPending}
      error={create.error ? errorMessage(create.error) : null}
      onCreate={(input) => create.mutate(input)}
      onClose={onClose}
    />
  );
}
