'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { concurrencySchema } from '#server/workspaces/schema.ts';
import { useMay } from './me-provider.tsx';

/** The field gives text: nothing in it is no limit. */
const formSchema = z.object({
  concurrency: z
    .string()
    .trim()
    .transform((text) => (text === '' ? null : Number(text)))
    .pipe(concurrencySchema),
});

export function WorkspaceLimitCard() {
  const trpc = useTRPC();
  const workspace = useQuery(trpc.workspaces.get.queryOptions());
  return (
    <Card>
      <CardHeader
        title="Load"
        description="So that a flood does not overrun the services that your workflows call."
      />
      {workspace.data ? (
        <LimitForm key={workspace.data.concurrency} concurrency={workspace.data.concurrency} />
      ) : workspace.error ? (
        <QueryError error={workspace.error} onRetry={() => workspace.refetch()} />
      ) : (
        <div className="px-5 pb-5">
          <Skeleton className="h-8 w-full" />
        </div>
      )}
    </Card>
  );
}

function LimitForm({ concurrency }: { concurrency: number | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const update = useMutation(
    trpc.workspaces.update.mutationOptions({
      onSuccess: (saved) => {
        toast.success(
          saved.concurrency === null
            ? 'Saved: no limit.'
            : `Saved: ${saved.concurrency} at the same time, the others wait in the queue.`,
        );
        return queryClient.invalidateQueries({ queryKey: trpc.workspaces.pathKey() });
      },
    }),
  );
  const { form, errors } = useSchemaForm(formSchema, (values) => update.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4 px-5 pb-5">
      <TextField
        label="Executions at the same time"
        name="concurrency"
        inputMode="numeric"
        autoComplete="off"
        placeholder="No limit"
        defaultValue={concurrency ?? ''}
        maxLength={8}
        readOnly={!may.administer}
        error={errors.concurrency}
        help={
          may.administer
            ? 'Of all workflows together. The others wait in the queue, none is lost. Empty: no limit. A single workflow can be limited in its own settings.'
            : 'Only admins may change it.'
        }
      />
      {may.administer ? (
        <div>
          <Button type="submit" variant="primary" pending={update.isPending}>
            Save
          </Button>
        </div>
      ) : null}
    </form>
  );
}
