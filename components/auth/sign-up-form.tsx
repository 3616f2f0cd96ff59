'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { signUpSchema } from '#server/accounts/schema.ts';
import { logIn } from './login-form.tsx';
import { PasswordField } from './password-field.tsx';

/** Creates the account with its first workspace, signs in and goes to `next`, or to that workspace. */
export function SignUpForm({ next, email }: { next: string; email?: string }) {
  const trpc = useTRPC();
  const [leaving, setLeaving] = useState(false);
  const signUp = useMutation(trpc.accounts.signUp.mutationOptions({ meta: { showsError: true } }));
  const { form, errors } = useSchemaForm(signUpSchema, (values) => {
    signUp.mutate(values, {
      onSuccess: async ({ workspaceId }) => {
        setLeaving(true);
        const { state } = await logIn(values);
        const target = next === '/' ? `/w/${workspaceId}/workflows` : next;
        location.assign(state === 'in' ? target : `/login?next=${encodeURIComponent(target)}`);
      },
    });
  });
  return (
    <form {...form} className="flex flex-col gap-4">
      {signUp.error ? <Callout tone="danger">{errorMessage(signUp.error)}</Callout> : null}
      <TextField label="Name" name="name" autoComplete="name" autoFocus required error={errors.name} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        required
        error={errors.email}
      />
      <PasswordField autoComplete="new-password" help="At least 10 characters." error={errors.password} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={signUp.isPending || leaving}
        className="mt-1"
      >
        Create account
      </Button>
    </form>
  );
}
