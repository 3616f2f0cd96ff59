'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { forgotPasswordSchema } from '#server/accounts/schema.ts';

/** Says the same whether there is such an account or not. */
export function ForgotPasswordForm({ email }: { email?: string }) {
  const trpc = useTRPC();
  const ask = useMutation(trpc.accounts.requestPasswordReset.mutationOptions({ meta: { showsError: true } }));
  const { form, errors } = useSchemaForm(forgotPasswordSchema, (values) => ask.mutate(values));
  if (ask.isSuccess)
    return (
      <Callout tone="success">
        If there is an account with this address, a mail is on its way. Its link is good for an hour.
      </Callout>
    );
  return (
    <form {...form} className="flex flex-col gap-4">
      {ask.error ? <Callout tone="danger">{errorMessage(ask.error)}</Callout> : null}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        autoFocus
        required
        error={errors.email}
      />
      <Button type="submit" variant="primary" size="lg" pending={ask.isPending} className="mt-1">
        Send the link
      </Button>
    </form>
  );
}
