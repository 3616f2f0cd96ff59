import { getPool } from '../db.ts';
import { MAX_JOB_ATTEMPTS } from '../queue/jobs.ts';
import { LEASE_MS } from './lease.ts';
import type { ExecutionTier } from './schema.ts';
import { RING } from './wake.ts';

/** An execution that took its process down this often is given up; before the last time it is in quarantine. */
export const MAX_CRASHES = 3;
/** A job takes milliseconds, and doing one twice does no harm; one that is locked for so long was lost by a database restart. */
const LOST_JOB_SECONDS = 60;

/**
 * Takes over from workers that are gone: frees their jobs (without burning an attempt of jobs that never ran), and puts
 * executions whose lease expired back in the queue, or gives up on one that crashed too often. Any worker may call it at
 * any time; rows that another one handles are skipped. Returns the ids that were given up.
 */
export async function sweep(): Promise<{ requeued: number; crashed: string[] }> {
  await freeJobs();
  const { rows } = await getPool().query<{ id: string; crashed: boolean }>(TAKE_OVER, [
    MAX_CRASHES,
    JSON.stringify(CRASHED),
  ]);
  const crashed = rows.filter((row) => row.crashed).map((row) => row.id);
  return { requeued: rows.length - crashed.length, crashed };
}

/** Whether anything of these tiers waits for a quarantine or runs in one. */
export async function hasSuspects(tiers: readonly ExecutionTier[]): Promise<boolean> {
  const { rowCount } = await getPool().query({
    name: 'suspects',
    text: `select 1 from active_execution
      where crashes >= ${MAX_CRASHES - 1} and status in ('queued', 'running') and tier = any($1) limit 1`,
    values: [tiers],
  });
  return rowCount !== 0;
}

async function freeJobs(): Promise<void> {
  await getPool().query(
    `with gone as (delete from worker_process where beat_at < now() - make_interval(secs => $1) returning pool_id),
     q as (update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_by in (select pool_id from gone))
     update graphile_worker._private_jobs
     set locked_at = null, locked_by = null, attempts = greatest(0, attempts - 1), run_at = now()
     where locked_at is not null
       and (locked_by in (select pool_id from gone) or locked_at < now() - make_interval(secs => ${LOST_JOB_SECONDS}))`,
    [LEASE_MS / 1000],
  );
}

const TAKE_OVER = `
with dead as materialized (
  select execution_id, crashes + 1 as crashes, last_seq, parent_id, started_at, crashes + 1 >= $1 as crashed
  from active_execution where status = 'running' and lease_expires_at < now()
  limit 500 for update skip locked
), back as (
  update active_execution a set status = 'queued', crashes = dead.crashes, lease_owner = null, lease_token = null
  from dead where a.execution_id = dead.execution_id and not dead.crashed
), gone as (
  delete from active_execution a using dead where a.execution_id = dead.execution_id and dead.crashed
), e as (
  update execution e set status = 'failed', started_at = dead.started_at, finished_at = now(), error = $2::json
  from dead where e.id = dead.execution_id and dead.crashed
), c as (
  insert into journal_chunk (execution_id, last_seq, events)
  select execution_id, last_seq + 1, json_build_array(json_build_object('type', 'execution.failed', 'seq', last_seq + 1,
    'at', floor(extract(epoch from now()) * 1000), 'reason', 'crashed', 'error', $2::json))
  from dead where crashed
), j as (
  select count(*) from graphile_worker.add_jobs(array(
    select json_populate_record(null::graphile_worker.job_spec, json_build_object(
      'identifier', job, 'max_attempts', ${MAX_JOB_ATTEMPTS}, 'payload', json_build_object('executionId', id)))
    from (
      select 'report-failure' as job, execution_id as id from dead where crashed
      union all select 'wake-execution', parent_id from dead where crashed and parent_id is not null
    ) jobs))
), bell as materialized (select ${RING} where exists (select 1 from dead))
select dead.execution_id as id, dead.crashed from bell, dead, j`;

const CRASHED = {
  kind: 'limit',
  message: `Given up: the worker process died ${MAX_CRASHES} times while it ran this execution.`,
  detail: 'Usually a node needs more memory than there is. Look at the last node that started.',
  retryable: false,
};
