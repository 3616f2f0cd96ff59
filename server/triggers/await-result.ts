import type { ServerResponse } from 'node:http';
import type { EngineEvent, WebhookResponse } from '#engine/events.ts';
import type { Output } from '#engine/item.ts';
import { getWorkerScope } from '../auth/worker-scope.ts';
import { AppError } from '../errors.ts';
import { streamEvents } from '../live/stream.ts';

/** A caller that waits gets an answer within this time, if only that it must not wait longer. */
const MAX_WAIT_MS = 120_000;

/** What a caller waited for: what a respond node said, the output of the node that ended last, or why there is neither. */
export type AwaitedResult =
  | { kind: 'response'; response: WebhookResponse }
  | { kind: 'completed'; last: Output }
  | { kind: 'failed'; message: string };

/**
 * Follows an execution for a caller that waits on `response`; null when the caller has gone. A respond node ends the wait
 * where the caller asked for one. Throws TIMEOUT; the execution goes on.
 */
export async function awaitResult(
  response: ServerResponse,
  execution: { workspaceId: string; executionId: string; respondNode: boolean },
): Promise<AwaitedResult | null> {
  const { executionId, respondNode } = execution;
  const scope = getWorkerScope(execution.workspaceId);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(MAX_WAIT_MS)]);
  let last: Output = [];
  for await (const event of streamEvents(scope, executionId, 0, signal)) {
    if (event.type === 'node.completed') {
      if (event.response && event.response.kind !== 'form' && respondNode)
        return { kind: 'response', response: event.response };
      last = Object.values(event.outputs).find((items) => items.length > 0) ?? last;
    }
    const failure = failureOf(event);
    if (failure) return { kind: 'failed', message: failure };
    if (event.type === 'execution.completed') return { kind: 'completed', last };
  }
  if (gone.signal.aborted) return null;
  throw new AppError('TIMEOUT', 'The workflow has not answered yet; it goes on.', { executionId });
}

function failureOf(event: EngineEvent): string | null {
  if (event.type === 'execution.failed') return event.error.message;
  return event.type === 'execution.cancelled' ? 'The execution was cancelled.' : null;
}
