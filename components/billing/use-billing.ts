'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';

const FRESH_MS = 30_000;

/** What was bought and in which state it is; never asked for by those who may not know. */
export function useBilling() {
  const trpc = useTRPC();
  const may = useMay();
  return useQuery(
    trpc.billing.get.queryOptions(undefined, {
      enabled: may.administer,
      staleTime: FRESH_MS,
      trpc: { context: { alone: true } },
    }),
  );
}
