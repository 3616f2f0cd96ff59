'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#components/trpc/client.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';

/** Creates a workflow and opens it. */
export function useCreateWorkflow() {
  const trpc = useTRPC();
  const router = useRouter();
  const path = useWorkspacePath();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.workflows.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() });
        router.push(path(`workflows/${id}`));
      },
    }),
  );
}
