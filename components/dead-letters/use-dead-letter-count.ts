'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

const FRESH_MS = 30_000;
const LOOK_EVERY_MS = 60_000;

/** How many there are, for the number in the sidebar. The page itself refreshes it as executions fail. */
export function useDeadLetterCount(): number | undefined {
  const trpc = useTRPC();
  const count = trpc.deadLetters.count.queryOptions(undefined, {
    staleTime: FRESH_MS,
    refetchInterval: LOOK_EVERY_MS,
  });
  return useQuery(count).data;
}
