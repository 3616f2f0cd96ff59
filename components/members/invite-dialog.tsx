'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { Label } from '#components/ui/label.tsx';
import { SecretText } from '#components/ui/secret-text.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { invitableRoleSchema, inviteSchema } from '#server/members/schema.ts';
import { RoleSelect } from './role-select.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function InviteDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <InviteSteps onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function InviteSteps({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<(typeof invitableRoleSchema.options)[number]>('member');
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.members.invitations.queryKey() }),
    }),
  );
  const { form, errors } = useSchemaForm(inviteSchema, (values) => invite.mutate(values), { role });
  if (invite.data) {
    const { url, invitation } = invite.data;
    return (
      <>
        <DialogHeader>
          <DialogTitle>{invitation.email} is invited</DialogTitle>
          <DialogDescription>
            A mail with this link is on its way. It works once, and only for this address.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <SecretText label="Invitation link" text={url} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => invite.reset()}>Invite another</Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </DialogFooter>
      </>
    );
  }
  return (
    <form {...form}>
      <DialogHeader>
        <DialogTitle>Invite member</DialogTitle>
        <DialogDescription>They get a mail with a link, and can sign up with it.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        {invite.error ? <Callout tone="danger">{errorMessage(invite.error)}</Callout> : null}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          placeholder="ada@example.com"
          autoComplete="off"
          required
          error={errors.email}
        />
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="invite-role">Role</Label>
          <RoleSelect
            id="invite-role"
            label="Role"
            value={role}
            roles={invitableRoleSchema.options}
            onValueChange={setRole}
          />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={invite.isPending}>
          Create invitation
        </Button>
      </DialogFooter>
    </form>
  );
}
