import type { EngineEvent } from '#engine/events.ts';
import { isTerminal } from '#engine/state.ts';
import type { WorkspaceScope } from '../scope.ts';
import { getExecutionRow } from '../executions/queries.ts';
import { readEvents } from '../executions/journal.ts';
import type { ExecutionNotice } from '../executions/schema.ts';
import { follow } from './hub.ts';

/**
 * Events of one execution after `afterSeq`, first from the table, then as they are written, until its end. Event 0 is
 * `execution.queued`, which has no row of its own. Throws NOT_FOUND for an execution outside the scope.
 */
export async function* streamEvents(
  scope: WorkspaceScope,
  executionId: string,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  const row = await getExecutionRow(scope, executionId);
  let seen = afterSeq;
  if (seen < 0) {
    yield { type: 'execution.queued', seq: 0, at: row.queuedAt.getTime() };
    seen = 0;
  }
  // listening begins before the first read, so that nothing falls between the two
  const stop = new AbortController();
  const notices = follow(`execution:${executionId}`, AbortSignal.any([signal, stop.signal]));
  let upcoming = notices.next();
  try {
    for (;;) {
      for (const event of await readEvents(executionId, seen)) {
        seen = event.seq;
        yield event;
        if (event.type.startsWith('execution.') && isEnd(event)) return;
      }
      for (;;) {
        const { done, value } = await upcoming;
        if (done) return;
        upcoming = notices.next();
        if (value === null || value.lastSeq > seen) break;
      }
    }
  } finally {
    stop.abort();
    await notices.return(undefined);
  }
}

const isEnd = (event: EngineEvent): boolean =>
  event.type === 'execution.completed' || event.type === 'execution.failed' || event.type === 'execution.cancelled';

/** Progress of all executions of the workspace, or of one workflow in it. */
export async function* watchExecutions(
  scope: WorkspaceScope,
  workflowId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<ExecutionNotice> {
  for await (const notice of follow(workflowId ? `workflow:${workflowId}` : `workspace:${scope.workspaceId}`, signal)) {
    if (!notice || notice.workspaceId !== scope.workspaceId) continue; // a foreign workflow's topic stays silent
    yield { executionId: notice.executionId, workflowId: notice.workflowId, status: notice.status, lastSeq: notice.lastSeq };
  }
}

/** Resolves with the execution's status at its end, or null when `waitMs` ran out first. */
export async function waitForEnd(scope: WorkspaceScope, executionId: string, waitMs: number): Promise<string | null> {
  const signal = AbortSignal.timeout(waitMs);
  const notices = follow(`execution:${executionId}`, signal, 1_000);
  let upcoming = notices.next(); // listens before the first look, so that an end between the two is not missed
  try {
    for (;;) {
      const { status } = await getExecutionRow(scope, executionId);
      if (isTerminal(status)) return status;
      for (;;) {
        const { done, value } = await upcoming;
        if (done) return null;
        upcoming = notices.next();
        if (value === null) break;
        if (isTerminal(value.status)) return value.status;
      }
    }
  } finally {
    await notices.return(undefined);
  }
}
