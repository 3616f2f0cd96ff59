'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { plural } from '#components/editor/format.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { MAX_HANDLED_AT_ONCE, type WhichDeadLetters } from '#server/dead-letters/schema.ts';
import { handleAll } from './bulk-loop.ts';
import { type RetryHow, wordsFor } from './retry-choices.ts';

/** Those that were ticked, or all that match, of which there were `count` when it was pressed. */
export type BulkTarget =
  | { ids: readonly string[] }
  | { filter: { workflowId: string; message: string }; count: number };

export interface BulkProgress {
  verb: 'Retrying' | 'Dismissing';
  done: number;
  total: number;
  stopping: boolean;
}

export interface Bulk {
  /** null when nothing is under way. */
  progress: BulkProgress | null;
  retry: (target: BulkTarget, how: RetryHow) => Promise<void>;
  dismiss: (target: BulkTarget) => Promise<void>;
  stop: () => void;
}

/** Handles any number, as many calls as it takes, one run at a time. Leaving the page stops it after the current call. */
export function useBulk(): Bulk {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const path = useWorkspacePath();
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const showsError = { meta: { showsError: true } };
  const retryCall = useMutation(trpc.deadLetters.retry.mutationOptions(showsError));
  const dismissCall = useMutation(trpc.deadLetters.dismiss.mutationOptions(showsError));

  async function run(
    verb: BulkProgress['verb'],
    target: BulkTarget,
    call: (which: WhichDeadLetters) => Promise<{ handled: number; left: number }>,
    tell: (handled: number) => void,
  ) {
    const total = totalOf(target);
    stopped.current = false;
    setProgress({ verb, done: 0, total, stopping: false });
    const { handled, error, ...end } = await handleAll({
      batches: batchesOf(target),
      total,
      call,
      isStopped: () => stopped.current,
      onProgress: (done) => setProgress((p) => p && { ...p, done }),
    });
    setProgress(null);
    const left = Math.max(0, total - handled);
    if (error !== null) {
      toast.error(errorMessage(error), {
        description: `${handled > 0 ? `${plural(handled, 'execution')} went through before that. ` : ''}The others are still in the list. Nothing is started twice if you press again.`,
      });
    } else if (end.stopped && left > 0) {
      toast.info(`Stopped after ${plural(handled, 'execution')}.`, {
        description: `${plural(left, 'other')} ${left === 1 ? 'is' : 'are'} still in the list.`,
      });
    } else if (handled === 0) toast.info('There was nothing left to do: somebody else was faster.');
    else tell(handled);
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.deadLetters.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.executions.list.pathKey() }),
    ]);
  }

  return {
    progress,
    stop: () => {
      stopped.current = true;
      setProgress((p) => p && { ...p, stopping: true });
    },
    retry: (target, how) =>
      run(
        'Retrying',
        target,
        (which) => retryCall.mutateAsync({ which, ...how }),
        (handled) =>
          toast.success(`${plural(handled, 'execution')} started again ${wordsFor(how, handled > 1)}.`, {
            action: { label: 'Watch', onClick: () => router.push(path('executions')) },
          }),
      ),
    dismiss: (target) =>
      run(
        'Dismissing',
        target,
        (which) => dismissCall.mutateAsync({ which }),
        (handled) => toast.success(`${plural(handled, 'execution')} dismissed.`),
      ),
  };
}

const totalOf = (target: BulkTarget): number => ('ids' in target ? target.ids.length : target.count);

function batchesOf(target: BulkTarget): WhichDeadLetters[] {
  if ('filter' in target) return [{ filter: { ...target.filter, before: new Date() } }];
  const batches: WhichDeadLetters[] = [];
  for (let i = 0; i < target.ids.length; i += MAX_HANDLED_AT_ONCE)
    batches.push({ ids: target.ids.slice(i, i + MAX_HANDLED_AT_ONCE) });
  return batches;
}
