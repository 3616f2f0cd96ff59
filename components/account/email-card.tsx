'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { PasswordField } from '#components/auth/password-field.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { useMe } from '#components/workspaces/me-provider.tsx';
import { changeEmailSchema } from '#server/accounts/schema.ts';

export function EmailCard() {
  const { user } = useMe();
  const [changing, setChanging] = useState(false);
  return (
    <Card>
      <CardHeader
        title="E-mail address"
        description={
          <span className="flex flex-wrap items-center gap-2">
            {user.email}
            {user.emailVerified ? (
              <Badge tone="success">confirmed</Badge>
            ) : (
              <Badge tone="warning">not confirmed</Badge>
            )}
          </span>
        }
        action={changing ? null : <Button onClick={() => setChanging(true)}>Change…</Button>}
      />
      <div className="flex flex-col gap-4 px-5 pb-5 empty:hidden">
        {user.emailVerified ? null : <Unconfirmed />}
        {changing ? <ChangeEmail onDone={() => setChanging(false)} /> : null}
      </div>
    </Card>
  );
}

function Unconfirmed() {
  const trpc = useTRPC();
  const again = useMutation(
    trpc.accounts.requestVerification.mutationOptions({
      onSuccess: () => toast.success('The mail is on its way.'),
    }),
  );
  return (
    <Callout tone="warning">
      Open the link in the mail that we sent you.{' '}
      <Button variant="link" size="sm" pending={again.isPending} onClick={() => again.mutate()}>
        Send it again
      </Button>
    </Callout>
  );
}

function ChangeEmail({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const change = useMutation(
    trpc.accounts.requestEmailChange.mutationOptions({
      meta: { showsError: true },
      onSuccess: (_none, { email }) => {
        toast.success(`Open the link that we sent to ${email}.`);
        onDone();
      },
    }),
  );
  const { form, errors } = useSchemaForm(changeEmailSchema, (values) => change.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4">
      {change.error ? <Callout tone="danger">{errorMessage(change.error)}</Callout> : null}
      <TextField
        label="New address"
        name="email"
        type="email"
        autoComplete="email"
        autoFocus
        required
        error={errors.email}
      />
      <PasswordField label="Your password" autoComplete="current-password" error={errors.password} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={change.isPending}>
          Send the link
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
