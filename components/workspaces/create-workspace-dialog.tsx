'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
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
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { createWorkspaceSchema } from '#server/workspaces/schema.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CreateWorkspaceDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent width="sm">
        <DialogHeader>
          <DialogTitle>Create workspace</DialogTitle>
          <DialogDescription>
            A workspace has workflows, members and API keys of its own. Nothing is shared between two of them.
          </DialogDescription>
        </DialogHeader>
        <CreateWorkspaceForm onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CreateWorkspaceForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const create = useMutation(
    trpc.workspaces.create.mutationOptions({
      meta: { showsError: true },
      onSuccess: ({ id }) => {
        onDone();
        router.push(`/w/${id}/workflows`);
      },
    }),
  );
  const { form, errors } = useSchemaForm(createWorkspaceSchema, (values) => create.mutate(values));
  return (
    <form {...form}>
      <DialogBody>
        <TextField
          label="Name"
          name="name"
          placeholder="Acme marketing"
          maxLength={80}
          required
          autoComplete="organization"
          error={errors.name}
        />
        {create.error ? <Callout tone="danger">{errorMessage(create.error)}</Callout> : null}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Create workspace
        </Button>
      </DialogFooter>
    </form>
  );
}
