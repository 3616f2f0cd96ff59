'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { useMe } from '#components/workspaces/me-provider.tsx';
import { deleteAccountSchema } from '#server/accounts/schema.ts';
import { ProofFields } from './proof-fields.tsx';

export function DeleteAccountCard() {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Delete your account"
        description="Workspaces where nobody else is go with it. There is no way back."
        action={
          open ? null : (
            <Button variant="danger-ghost" onClick={() => setOpen(true)}>
              Delete…
            </Button>
          )
        }
      />
      {open ? <DeleteForm onCancel={() => setOpen(false)} /> : null}
    </Card>
  );
}

function DeleteForm({ onCancel }: { onCancel: () => void }) {
  const trpc = useTRPC();
  const { user } = useMe();
  const remove = useMutation(
    trpc.accounts.delete.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => location.assign('/'),
    }),
  );
  const { form, errors } = useSchemaForm(deleteAccountSchema, (values) => remove.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4 px-5 pb-5">
      <TextField
        label="Your e-mail address"
        name="email"
        type="email"
        autoComplete="off"
        help={
          <>
            Type <strong className="font-medium text-foreground">{user.email}</strong> to show that you mean
            it.
          </>
        }
        required
        error={errors.email}
      />
      <ProofFields errors={errors} failure={remove.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="danger" pending={remove.isPending || remove.isSuccess}>
          Delete my account
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
