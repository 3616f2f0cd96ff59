'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { PasswordField } from '#components/auth/password-field.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { changePasswordSchema } from '#server/accounts/schema.ts';

export function PasswordCard() {
  const [changing, setChanging] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Password"
        description="When you change it, your other browsers are logged out."
        action={changing ? null : <Button onClick={() => setChanging(true)}>Change…</Button>}
      />
      {changing ? <ChangePassword onDone={() => setChanging(false)} /> : null}
    </Card>
  );
}

function ChangePassword({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.accounts.changePassword.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => {
        toast.success('The password is changed.');
        onDone();
        return queryClient.invalidateQueries({ queryKey: trpc.accounts.sessions.pathKey() });
      },
    }),
  );
  const { form, errors } = useSchemaForm(changePasswordSchema, (values) => change.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4 px-5 pb-5">
      {change.error ? <Callout tone="danger">{errorMessage(change.error)}</Callout> : null}
      <PasswordField
        label="Present password"
        name="current"
        autoComplete="current-password"
        error={errors.current}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        help="At least 10 characters."
        error={errors.password}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={change.isPending}>
          Change the password
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
