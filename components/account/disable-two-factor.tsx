'use client';
import { useMutation } from '@tanstack/react-query';
import { toast } from 'sonner';
import { PasswordField } from '#components/auth/password-field.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { disableTwoFactorSchema } from '#server/accounts/schema.ts';

export function DisableTwoFactor({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const disable = useMutation(
    trpc.accounts.disableTwoFactor.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => {
        toast.success('Two-factor login is off.');
        onDone();
      },
    }),
  );
  const { form, errors } = useSchemaForm(disableTwoFactorSchema, (values) => disable.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4">
      {disable.error ? <Callout tone="danger">{errorMessage(disable.error)}</Callout> : null}
      <PasswordField label="Your password" autoComplete="current-password" error={errors.password} />
      <TextField label="Code" name="code" autoComplete="one-time-code" required error={errors.code} />
      <div className="flex gap-2">
        <Button type="submit" variant="danger" pending={disable.isPending}>
          Turn off
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
