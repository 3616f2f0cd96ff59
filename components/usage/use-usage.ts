'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

const FRESH_MS = 30_000;
const LOOK_EVERY_MS = 60_000;

/** What the workspace uses of its plan. One query serves the page, the badge in the sidebar and the notices. */
export function useUsage() {
  const trpc = useTRPC();
  return useQuery(
    trpc.usage.get.queryOptions(undefined, {
      staleTime: FRESH_MS,
      refetchInterval: LOOK_EVERY_MS,
      trpc: { context: { alone: true } },
    }),
  );
}
