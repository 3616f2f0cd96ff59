'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { updateWorkspaceSchema } from '#server/workspaces/schema.ts';
import { useCurrentWorkspace, useMay } from './me-provider.tsx';

export function WorkspaceNameCard() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const workspace = useCurrentWorkspace();
  const may = useMay();
  const update = useMutation(
    trpc.workspaces.update.mutationOptions({
      onSuccess: () => {
        toast.success('Saved.');
        router.refresh(); // the sidebar shows the name, too
        return queryClient.invalidateQueries({ queryKey: trpc.workspaces.pathKey() });
      },
    }),
  );
  const { form, errors } = useSchemaForm(updateWorkspaceSchema, (values) => update.mutate(values));
  return (
    <Card>
      <CardHeader title="Name" description="Shown in the sidebar and in invitations." />
      <form {...form} className="flex flex-col gap-4 px-5 pb-5">
        <TextField
          label="Workspace name"
          name="name"
          defaultValue={workspace.name}
          maxLength={80}
          required
          readOnly={!may.administer}
          error={errors.name}
          help={may.administer ? undefined : 'Only admins may change it.'}
        />
        {may.administer ? (
          <div>
            <Button type="submit" variant="primary" pending={update.isPending}>
              Save
            </Button>
          </div>
        ) : null}
      </form>
    </Card>
  );
}
