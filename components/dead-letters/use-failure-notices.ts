'use client';
import { useExecutionNotices } from '#components/executions/use-execution-notices.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { ExecutionNotice } from '#server/executions/schema.ts';

const isFailure = ({ status }: ExecutionNotice) => status === 'failed' || status === 'timeout';

/** Refreshes the page, and the number in the sidebar, when something fails. `hold`: not now, rows must not move. */
export function useFailureNotices(workflowId: string | undefined, hold = false): boolean {
  const trpc = useTRPC();
  return useExecutionNotices(
    { workflowId },
    [trpc.deadLetters.pathKey()],
    (notice) => !hold && isFailure(notice),
  );
}
