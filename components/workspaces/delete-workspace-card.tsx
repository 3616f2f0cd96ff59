'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProofFields } from '#components/account/proof-fields.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { deleteWorkspaceSchema } from '#server/workspaces/schema.ts';
import { useCurrentWorkspace } from './me-provider.tsx';

/** For an owner. */
export function DeleteWorkspaceCard() {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Delete this workspace"
        description="Everything in it stops at once. For 30 days its owners can restore it, then it is gone for good."
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
  const { name } = useCurrentWorkspace();
  const remove = useMutation(
    trpc.workspaces.delete.mutationOptions({
      meta: { showsError: true },
      onSuccess: () => location.assign('/deleted-workspaces'),
    }),
  );
  const { form, errors } = useSchemaForm(deleteWorkspaceSchema, (values) => remove.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4 px-5 pb-5">
      <TextField
        label="Name of the workspace"
        name="name"
        autoComplete="off"
        help={
          <>
            Type <strong className="font-medium text-foreground">{name}</strong> to show that you mean it.
          </>
        }
        required
        error={errors.name}
      />
      <ProofFields errors={errors} failure={remove.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="danger" pending={remove.isPending || remove.isSuccess}>
          Delete workspace
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
