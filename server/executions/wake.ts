import { getPool } from '../db.ts';

/**
 * Wakes an execution that has just gone to wait for children, if all of them ended before its wait was committed: their
 * own wake-ups found it still running and were lost on it.
 */
export async function wakeIfChildrenEnded(executionId: string, childIds: readonly string[]): Promise<void> {
  await getPool().query(
    `select graphile_worker.add_job('wake-executions', json_build_object('executionIds', json_build_array($1::text)))
     where not exists (select 1 from execution where id = any($2::uuid[]) and status in ('queued', 'running', 'waiting'))`,
    [executionId, childIds],
  );
}

/** Wakes an execution in a moment, by whichever worker is there then. */
export async function wakeLater(executionId: string): Promise<void> {
  await getPool().query(
    `select graphile_worker.add_job('wake-executions', json_build_object('executionIds', json_build_array($1::text)))`,
    [executionId],
  );
}
