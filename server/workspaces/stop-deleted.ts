import { getPool } from '../db.ts';
import { TRIGGER_CHANNEL } from '../live/hub.ts';
import { publishNotices } from '../live/notices.ts';

const BATCH = 500;

/**
 * Ends what deleted workspaces still have in the queue or running. Asked for by the deletion, and every minute, for what
 * was just about to start then. Workers end what they run within seconds.
 */
export async function stopDeletedWorkspaces(): Promise<void> {
  const { rows } = await getPool().query<{ id: string }>(
    'select id from workspace where purge_at is not null',
  );
  for (const { id } of rows) await stopAll(id);
}

async function stopAll(workspaceId: string): Promise<void> {
  // somebody published at that very moment
  await getPool().query(
    `with t as (update "trigger" set active = false where workspace_id = $1 and active returning 1)
     select pg_notify('${TRIGGER_CHANNEL}', '') where exists (select 1 from t)`,
    [workspaceId],
  );
  await getPool().query(
    `update active_execution set cancel_requested = true, pause_requested = false
     where workspace_id = $1 and status = 'running' and not cancel_requested`,
    [workspaceId],
  );
  for (;;) {
    const { rows } = await getPool().query<{ id: string; workflow_id: string; last_seq: number }>(CANCEL, [
      workspaceId,
      BATCH,
    ]);
    publishNotices(
      rows.map((row) => ({
        executionId: row.id,
        workspaceId,
        workflowId: row.workflow_id,
        status: 'cancelled',
        lastSeq: row.last_seq,
      })),
    );
    if (rows.length < BATCH) return;
  }
}

/** As `cancelUnheld` does it for one (executions/unheld.ts); no parent is woken, for it is of the same workspace and ends too. */
const CANCEL = `
with held as materialized (
  select execution_id, workflow_id, last_seq + 1 as seq, started_at from active_execution
  where workspace_id = $1 and status <> 'running' limit $2 for update skip locked
), c as (
  insert into journal_chunk (execution_id, last_seq, events)
  select execution_id, seq, json_build_array(json_build_object('type', 'execution.cancelled', 'seq', seq,
    'at', floor(extract(epoch from now()) * 1000))) from held
), gone as (
  delete from active_execution a using held where a.execution_id = held.execution_id
), e as (
  update execution e set status = 'cancelled', started_at = held.started_at, finished_at = now()
  from held where e.id = held.execution_id
)
select execution_id as id, workflow_id, seq as last_seq from held`;
