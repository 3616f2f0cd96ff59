'use client';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { useVisible } from '#components/ui/use-visible.ts';
import type { ExecutionNotice } from '#server/executions/schema.ts';

const REFRESH_EVERY_MS = 1000;

/**
 * Refreshes queries as executions begin, go on and end, at most once a second however many notices come. Gives whether
 * the stream is connected. A hidden tab lets go of it: browsers allow six connections to a host, and it catches up when
 * it is looked at again. `concerns` says which notices matter; default: all.
 */
export function useExecutionNotices(
  filter: { workflowId?: string },
  queryKeys: readonly QueryKey[],
  concerns: (notice: ExecutionNotice) => boolean = () => true,
): boolean {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const visible = useVisible();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const refresh = () => {
    for (const queryKey of queryKeys) void queryClient.invalidateQueries({ queryKey });
  };
  const stream = useSubscription(
    trpc.executions.watch.subscriptionOptions(filter, {
      enabled: visible,
      onData: (notice) => {
        if (!concerns(notice)) return;
        timer.current ??= setTimeout(() => {
          timer.current = undefined;
          refresh();
        }, REFRESH_EVERY_MS);
      },
    }),
  );
  return stream.status === 'pending';
}
