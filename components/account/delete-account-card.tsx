'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { useMe } from '#components/workspaces/me-provider.tsx';
import { deleteAccountSchema } from '#server/accounts/schema.ts';
import { DeleteCard } from './delete-card.tsx';

export function DeleteAccountCard() {
  const trpc = useTRPC();
  const { user } = useMe();
  const deletion = useMutation(
    trpc.accounts.delete.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => location.assign('/'),
    }),
  );
  return (
    <DeleteCard
      title="Delete your account"
      description="Workspaces where nobody else is go with it. There is no way back."
      schema={deleteAccountSchema}
      typed={{ name: 'email', type: 'email', label: 'Your e-mail address', text: user.email }}
      label="Delete my account"
      deletion={deletion}
    />
  );
}
