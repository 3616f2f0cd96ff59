'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { saveFile } from '#components/ui/save-file.ts';
import type { WorkflowSummary } from '#server/workflows/schema.ts';

/** What the menu of a workflow in the list can do. */
export function useWorkflowActions(workflow: Pick<WorkflowSummary, 'id' | 'name'>) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() });
  const done = (message: string) => ({
    onSuccess: () => {
      toast.success(message);
      return refresh();
    },
  });
  return {
    activate: useMutation(trpc.workflows.activate.mutationOptions(done(`“${workflow.name}” is live.`))),
    deactivate: useMutation(trpc.workflows.deactivate.mutationOptions(done(`“${workflow.name}” is off.`))),
    duplicate: useMutation(trpc.workflows.duplicate.mutationOptions(done('Duplicated.'))),
    remove: useMutation(trpc.workflows.delete.mutationOptions(done(`“${workflow.name}” was deleted.`))),
    exportForN8n: () => client.workflows.export.query({ id: workflow.id, format: 'n8n' }),
    download: async (format: 'json' | 'yaml') => {
      try {
        const { text, fileName } = await client.workflows.export.query({ id: workflow.id, format });
        saveFile(fileName, text);
      } catch (error) {
        toast.error(errorMessage(error));
      }
    },
  };
}
