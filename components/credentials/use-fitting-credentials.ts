'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import type { CredentialSummary } from '#server/credentials/schema.ts';

const PAGE = 100;
const MAX_PAGES = 10;

/** Credentials of these kinds that one may use; undefined while they are being loaded. `made` counts among them already. */
export function useFittingCredentials(types: readonly string[], made: CredentialSummary | null) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const only = types.length === 1 ? types[0] : undefined;
  const list = useQuery({
    queryKey: [...trpc.credentials.list.pathKey(), 'all', only ?? null],
    queryFn: async () => {
      const found: CredentialSummary[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page++) {
        const answer = await client.credentials.list.query({ limit: PAGE, cursor, type: only });
        found.push(...answer.data);
        if (answer.nextCursor === null) break;
        cursor = answer.nextCursor;
      }
      return found;
    },
  });
  const isNew = made !== null && list.data?.every(({ id }) => id !== made.id);
  const all = list.data && isNew ? [made, ...list.data] : list.data;
  const fitting = all?.filter(({ type, mayUse }) => types.includes(type) && mayUse);
  return { fitting, all, isError: list.isError };
}
