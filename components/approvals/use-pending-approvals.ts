'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

const FRESH_MS = 30_000;
const LOOK_EVERY_MS = 60_000;

/** Open questions of the workspace. One query serves the page and the number beside its name in the sidebar. */
export function usePendingApprovals() {
  const trpc = useTRPC();
  return useQuery(
    trpc.approvals.list.queryOptions(undefined, {
      staleTime: FRESH_MS,
      refetchInterval: LOOK_EVERY_MS,
      trpc: { context: { alone: true } },
    }),
  );
}
