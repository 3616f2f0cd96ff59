'use client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/app-router.ts';

/** `const trpc = useTRPC(); useQuery(trpc.workflows.list.queryOptions({}))`. `useTRPCClient()` is the bare client. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
