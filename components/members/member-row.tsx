'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Avatar } from '#components/layout/avatar.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useMay, useMe } from '#components/workspaces/me-provider.tsx';
import type { Member } from '#server/members/schema.ts';
import { ROLES, type Role } from '#server/workspaces/schema.ts';
import { RoleSelect } from './role-select.tsx';
import { ROLE_LABELS } from './roles.ts';

export function MemberRow({ member, isLastOwner }: { member: Member; isLastOwner: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const isMe = useMe().user.id === member.userId;
  const mayChange = !isLastOwner && (may.own || (may.administer && member.role !== 'owner'));
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.members.list.queryKey() });
  const updateRole = useMutation(
    trpc.members.updateRole.mutationOptions({
      onSuccess: () => {
        // One's own role decides what the whole page offers.
        if (isMe) location.reload();
        toast.success(`${member.name} has a new role.`);
      },
      onSettled: refresh,
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Avatar name={member.name} seed={member.userId} className="size-8 text-xs" />
      <div className="min-w-0 flex-1 basis-2/3 sm:basis-0">
        <p className="flex items-center gap-2 text-sm font-medium">
          <span className="truncate">{member.name}</span>
          {isMe ? <Badge tone="outline">You</Badge> : null}
          {member.reducedAt ? (
            <Tooltip content="The plan has no seat for them: until there is one they can look, but not change anything.">
              <Badge tone="warning">No seat</Badge>
            </Tooltip>
          ) : null}
        </p>
        <p className="truncate text-xs text-foreground-muted">{member.email}</p>
      </div>
      {mayChange ? (
        <RoleSelect
          label={`Role of ${member.name}`}
          value={updateRole.isPending ? updateRole.variables.role : member.role}
          roles={may.own ? ROLES : ROLES.filter((role: Role) => role !== 'owner')}
          disabled={updateRole.isPending}
          onValueChange={(role) => updateRole.mutate({ userId: member.userId, role })}
          className="w-30 max-sm:ml-11"
        />
      ) : (
        <span className="w-30 text-ui text-foreground-muted max-sm:ml-11 sm:px-2.5">
          {ROLE_LABELS[member.role].label}
        </span>
      )}
      <div className="w-20 text-right empty:hidden sm:empty:block">
        {isLastOwner ? null : isMe ? <LeaveButton /> : mayChange ? <RemoveButton member={member} /> : null}
      </div>
    </li>
  );
}

function RemoveButton({ member }: { member: Member }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.members.remove.mutationOptions({
      onSuccess: () => toast.success(`${member.name} was removed.`),
      onSettled: () => {
        setAsking(false);
        return queryClient.invalidateQueries({ queryKey: trpc.members.list.queryKey() });
      },
    }),
  );
  return (
    <>
      <Button variant="ghost" aria-label={`Remove ${member.name}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${member.name}?`}
        confirmLabel="Remove member"
        pending={remove.isPending}
        onConfirm={() => remove.mutate({ userId: member.userId })}
      >
        They lose access at once, and their API keys for this workspace stop working. Workflows they made
        stay.
      </ConfirmDialog>
    </>
  );
}

function LeaveButton() {
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const leave = useMutation(
    trpc.members.leave.mutationOptions({
      onSuccess: () => location.assign('/'),
      onError: () => setAsking(false),
    }),
  );
  return (
    <>
      <Button variant="ghost" onClick={() => setAsking(true)}>
        Leave
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Leave this workspace?"
        confirmLabel="Leave workspace"
        pending={leave.isPending}
        onConfirm={() => leave.mutate()}
      >
        You lose access at once, and your API keys for it stop working. Somebody has to invite you to come
        back.
      </ConfirmDialog>
    </>
  );
}
