import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getSession } from '../auth/session.ts';
import { ADDRESS_HEADER } from '../http/caller-address.ts';
import { appRouter } from './app-router.ts';
import { createContext } from './context.ts';

/** /api/trpc: the app's own transport, for signed-in browsers. */
export function handleTrpc(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: ({ info }) =>
      createContext({
        transport: 'trpc',
        workspaceId: request.headers.get('x-workspace-id') ?? info.connectionParams?.workspaceId ?? null,
        address: request.headers.get(ADDRESS_HEADER),
        loadSession: getSession,
      }),
    responseMeta: ({ ctx }) => ({ headers: new Headers(ctx?.tally.headers()) }),
  });
}
