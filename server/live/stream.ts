import type { EngineEvent } from '#engine/events.ts';
import { isTerminal } from '#engine/state.ts';
import { readEvents } from '../executions/journal.ts';
import { getExecutionSummary } from '../executions/queries.ts';
import type { ExecutionNotice } from '../executions/schema.ts';
import type { WorkspaceScope } from '../scope.ts';
import { subscribe } from './hub.ts';

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
  const execution = await getExecutionSummary(scope, executionId);
  let seen = afterSeq;
  if (seen < 0) {
    yield { type: 'execution.queued', seq: 0, at: Date.parse(execution.queuedAt) };
    seen = 0;
  }
  // listening begins before the first read, so that nothing falls between the two
  const notices = subscribe(`execution:${executionId}`, signal);
  try {
    for (;;) {
      for (const event of await readEvents(executionId, seen)) {
        seen = event.seq;
        yield event;
        if (isEnd(event)) return;
      }
      for (;;) {
        const notice = await notices.next();
        if (notice === undefined) return;
        if (notice === null || notice.lastSeq > seen) break;
      }
    }
  } finally {
    notices.close();
  }
}

const isEnd = (event: EngineEvent): boolean =>
  event.type === 'execution.completed' ||
  event.type === 'execution.failed' ||
  event.type === 'execution.cancelled';

/** Progress of all executions of the workspace, or of one workflow in it. */
export async function* watchExecutions(
  scope: WorkspaceScope,
  workflowId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<ExecutionNotice> {
  const notices = subscribe(workflowId ? `workflow:${workflowId}` : `workspace:${scope.workspaceId}`, signal);
  try {
    for (let notice = await notices.next(); notice !== undefined; notice = await notices.next()) {
      if (!notice || notice.workspaceId !== scope.workspaceId) continue; // a foreign workflow's topic stays silent
      yield {
        executionId: notice.executionId,
        workflowId: notice.workflowId,
        status: notice.status,
        lastSeq: notice.lastSeq,
      };
    }
  } finally {
    notices.close();
  }
}

/** Resolves with the execution's status at its end, or null when `waitMs` ran out first. */
export async function waitForEnd(
  scope: WorkspaceScope,
  executionId: string,
  waitMs: number,
): Promise<string | null> {
  const notices = subscribe(`execution:${executionId}`, AbortSignal.timeout(waitMs), 1_000);
  try {
    for (;;) {
      const { status } = await getExecutionSummary(scope, executionId);
      if (isTerminal(status)) return status;
      for (;;) {
        const notice = await notices.next();
        if (notice === undefined) return null;
        if (notice === null) break;
        if (isTerminal(notice.status)) return notice.status;
      }
    }
  } finally {
    notices.close();
  }
}
