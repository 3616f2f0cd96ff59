'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { enableTwoFactorSchema } from '#server/accounts/schema.ts';

/** Gives the new recovery codes, or null when given up. */
export function RenewCodes({ onDone }: { onDone: (codes: readonly string[] | null) => void }) {
  const trpc = useTRPC();
  const renew = useMutation(
    trpc.accounts.renewRecoveryCodes.mutationOptions({
      meta: { showsError: true },
      onSuccess: ({ codes }) => onDone(codes),
    }),
  );
  const { form, errors } = useSchemaForm(enableTwoFactorSchema, (values) => renew.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4">
      {renew.error ? <Callout tone="danger">{errorMessage(renew.error)}</Callout> : null}
      <TextField
        label="Code"
        name="code"
        help="The recovery codes that you have are void then."
        autoComplete="one-time-code"
        autoFocus
        required
        error={errors.code}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={renew.isPending}>
          Make new ones
        </Button>
        <Button onClick={() => onDone(null)}>Cancel</Button>
      </div>
    </form>
  );
}
