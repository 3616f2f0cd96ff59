'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { type ReactNode, useState } from 'react';
import superjson from 'superjson';
import { useWorkspaceId } from '#components/workspaces/workspace-provider.tsx';
import type { AppRouter } from '#server/trpc/app-router.ts';
import { TRPCProvider } from './client.tsx';
import { createQueryClient } from './query-client.ts';

const URL = '/api/trpc';

/**
 * Calls in the name of the workspace around it, if there is one. Mount one per workspace (with `key`): each has a
 * cache of its own, so that nothing of one workspace is ever shown in another.
 */
export function ApiProvider({ children }: { children: ReactNode }) {
  const workspaceId = useWorkspaceId();
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() => createClient(workspaceId));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function createClient(workspaceId: string | null) {
  const call = {
    url: URL,
    transformer: superjson,
    headers: () => (workspaceId ? { 'x-workspace-id': workspaceId } : {}),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url: URL,
          transformer: superjson,
          // EventSource cannot send headers; these travel in the query string instead.
          connectionParams: () => (workspaceId ? { workspaceId } : {}),
        }),
        false: splitLink({
          // a batch is answered when the slowest of its calls is: what nobody waits for goes alone
          condition: (op) => op.context.alone === true,
          true: httpLink(call),
          false: httpBatchLink(call),
        }),
      }),
    ],
  });
}
