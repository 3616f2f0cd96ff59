import type { EventBody } from '#engine/events.ts';
import type { Transaction } from '../db.ts';
import { publishNotices } from '../live/notices.ts';
import { MAX_JOB_ATTEMPTS } from '../queue/jobs.ts';
import { toJsonb } from './json.ts';

/** The row of an execution that has not ended, locked until the transaction ends. */
export interface LockedExecution {
  executionId: string;
  workspaceId: string;
  workflowId: string;
  status: 'queued' | 'running' | 'waiting' | 'paused';
  lastSeq: number;
}

/** Locks it, so that no worker takes it meanwhile; null when it has ended or is not of this workspace. */
export async function lockExecution(
  tx: Transaction,
  workspaceId: string,
  executionId: string,
): Promise<LockedExecution | null> {
  const rows = await tx.$queryRaw<LockedExecution[]>`
    select execution_id as "executionId", workspace_id as "workspaceId", workflow_id as "workflowId",
      status::text as status, last_seq as "lastSeq"
    from active_execution where execution_id = ${executionId}::uuid and workspace_id = ${workspaceId}::uuid for update`;
  return rows[0] ?? null;
}

/** Ends a locked execution that no worker holds as cancelled. Call `announce` with the result once it is committed. */
export async function cancelUnheld(tx: Transaction, held: LockedExecution): Promise<LockedExecution> {
  await append(tx, held, { type: 'execution.cancelled' });
  await tx.$executeRaw`
    with gone as (delete from active_execution where execution_id = ${held.executionId}::uuid returning execution_id, parent_id, started_at),
    e as (update execution e set status = 'cancelled', started_at = gone.started_at, finished_at = now() from gone where e.id = gone.execution_id)
    select graphile_worker.add_job('wake-execution', json_build_object('executionId', parent_id), max_attempts => ${MAX_JOB_ATTEMPTS}::int)
    from gone where parent_id is not null`;
  return { ...held, lastSeq: held.lastSeq + 1 };
}

/** Lets a locked execution that no worker holds rest until it is resumed. */
export async function pauseUnheld(tx: Transaction, held: LockedExecution): Promise<LockedExecution> {
  await append(tx, held, { type: 'execution.paused' });
  await tx.activeExecution.update({
    where: { executionId: held.executionId },
    data: { status: 'paused', wakeAt: null, lastSeq: held.lastSeq + 1 },
  });
  return { ...held, lastSeq: held.lastSeq + 1 };
}

/** Tells whoever watches. */
export const announce = (
  { executionId, workspaceId, workflowId, lastSeq }: LockedExecution,
  status: 'cancelled' | 'paused',
) => publishNotices([{ executionId, workspaceId, workflowId, status, lastSeq }]);

async function append(tx: Transaction, held: LockedExecution, body: EventBody): Promise<void> {
  const seq = held.lastSeq + 1;
  const events = toJsonb([{ ...body, seq, at: Date.now() }]);
  await tx.$executeRaw`insert into journal_chunk (execution_id, last_seq, events) values (${held.executionId}::uuid, ${seq}, ${events}::json)`;
}
