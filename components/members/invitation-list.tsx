'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import type { Invitation } from '#server/members/schema.ts';
import { ROLE_LABELS } from './roles.ts';

/** Nothing at all while nobody is invited. */
export function InvitationList() {
  const trpc = useTRPC();
  const { data: invitations = [] } = useQuery(trpc.members.invitations.queryOptions());
  if (invitations.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Pending invitations"
        description="A link works once, and only for its address. Invite again to get a new one."
      />
      <ul className="divide-y divide-border border-t border-border">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Card>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useMutation(
    trpc.members.revokeInvitation.mutationOptions({
      onSuccess: () => toast.success(`The invitation of ${invitation.email} no longer works.`),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.members.invitations.queryKey() }),
    }),
  );
  const expired = invitation.expiresAt.getTime() < Date.now();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span className="inline-flex size-8 items-center justify-center rounded-full bg-muted text-foreground-subtle">
        <Mail aria-hidden="true" className="size-4" />
      </span>
      <div className="min-w-0 flex-1 basis-2/3 sm:basis-0">
        <p className="truncate text-sm font-medium">{invitation.email}</p>
        <p className="text-xs text-foreground-muted">
          {expired
            ? 'Expired'
            : `Valid until ${invitation.expiresAt.toLocaleDateString('en', { month: 'short', day: 'numeric' })}`}
        </p>
      </div>
      <span className="w-30 text-ui text-foreground-muted max-sm:ml-11 sm:px-2.5">
        {ROLE_LABELS[invitation.role].label}
      </span>
      <div className="w-20 text-right">
        <Button
          variant="ghost"
          aria-label={`Revoke the invitation of ${invitation.email}`}
          pending={revoke.isPending}
          onClick={() => revoke.mutate({ id: invitation.id })}
        >
          Revoke
        </Button>
      </div>
    </li>
  );
}
