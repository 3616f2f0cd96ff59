'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { resetPasswordSchema } from '#server/accounts/schema.ts';
import { logIn } from './login-form.tsx';
import { PasswordField } from './password-field.tsx';

const schema = resetPasswordSchema.pick({ password: true });

/** Sets the password that the link of a mail allows, and logs in with it. */
export function ResetPasswordForm({ token }: { token: string }) {
  const trpc = useTRPC();
  const [leaving, setLeaving] = useState(false);
  const reset = useMutation(trpc.accounts.resetPassword.mutationOptions({ meta: { showsError: true } }));
  const { form, errors } = useSchemaForm(schema, ({ password }) =>
    reset.mutate(
      { token, password },
      {
        onSuccess: async ({ email }) => {
          setLeaving(true);
          location.assign((await logIn({ email, password })).state === 'in' ? '/' : '/login');
        },
      },
    ),
  );
  return (
    <form {...form} className="flex flex-col gap-4">
      {reset.error ? <Callout tone="danger">{errorMessage(reset.error)}</Callout> : null}
      <PasswordField
        label="New password"
        autoComplete="new-password"
        help="At least 10 characters."
        error={errors.password}
      />
      <Button type="submit" variant="primary" size="lg" pending={reset.isPending || leaving} className="mt-1">
        Set the password
      </Button>
    </form>
  );
}
