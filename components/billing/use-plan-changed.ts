'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

/** Everything that a plan decides is asked for anew. */
export function usePlanChanged(): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [
        trpc.billing.pathKey(),
        trpc.usage.pathKey(),
        trpc.plans.pathKey(),
        trpc.workspaces.pathKey(),
        trpc.workflows.pathKey(),
        trpc.members.pathKey(),
      ].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    );
}
