'use client';
import { useMutation } from '@tanstack/react-query';
import { DeleteCard } from '#components/account/delete-card.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { deleteWorkspaceSchema } from '#server/workspaces/schema.ts';
import { useCurrentWorkspace } from './me-provider.tsx';

/** For an owner. */
export function DeleteWorkspaceCard() {
  const trpc = useTRPC();
  const { name } = useCurrentWorkspace();
  const deletion = useMutation(
    trpc.workspaces.delete.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => location.assign('/deleted-workspaces'),
    }),
  );
  return (
    <DeleteCard
      title="Delete this workspace"
      description="Everything in it stops at once. For 30 days its owners can restore it, then it is gone for good."
      schema={deleteWorkspaceSchema}
      typed={{ name: 'name', label: 'Name of the workspace', text: name }}
      label="Delete workspace"
      deletion={deletion}
    />
  );
}
