import { createLane } from '#lib/lane.ts';
import { getPool } from '../db.ts';
import type { TriggerData } from './accept.ts';

/** A worker beats this often … */
export const HEARTBEAT_MS = 4_000;
/** … and loses what it runs after this long without one. */
export const LEASE_MS = 12_000;
/** An execution that took its worker down this often is given up, so that it cannot take its neighbours with it. */
export const MAX_CRASHES = 3;
export interface LeasedExecution {
  id: string;
  workspaceId: string;
  workflowId: string;
  versionId: string;
  mode: string;
  trigger: TriggerData;
  lastSeq: number;
  token: bigint;
  cancelRequested: boolean;
  pauseRequested: boolean;
}

interface LeaseRow {
  id: string;
  workspace_id: string;
  workflow_id: string;
  version_id: string;
  mode: string;
  trigger: TriggerData;
  last_seq: number;
  lease_token: string;
  cancel_requested: boolean;
  pause_requested: boolean;
}

/** One that was there at this many crashes may be their cause: it goes on alone, so that its neighbours are not blamed. */
const SUSPECT_CRASHES = 2;
/** Held to the end of the statement: two workers cannot take a suspect each at the same moment. */
const SUSPECT_LOCK = `pg_try_advisory_xact_lock(hashtext('linkflow:suspects'))`;

/**
 * A suspect is taken only while no other one runs; one that is refused here is woken when its turn has come (wakeNextSuspect). The subquery is
 * planned as an InitPlan: it costs nothing unless a suspect is asked for.
 */
const ACQUIRE = `
update execution e set status = 'running', lease_owner = $2, lease_token = e.lease_token + 1,
  lease_expires_at = now() + make_interval(secs => $3), wake_at = null
where e.id = any($1::uuid[])
  and (e.status in ('queued', 'waiting') or (e.status = 'running' and e.lease_expires_at < now()))
  and (e.crashes < ${SUSPECT_CRASHES} or e.status = 'waiting' or e.id = (
    select s.id from execution s where s.id = any($1::uuid[]) and s.crashes >= ${SUSPECT_CRASHES} and s.status = 'queued'
      and ${SUSPECT_LOCK} and not exists (select 1 from execution where crashes >= ${SUSPECT_CRASHES} and status = 'running')
    order by s.queued_at limit 1))
returning e.id, e.workspace_id, e.workflow_id, e.version_id, e.mode, e.trigger, e.last_seq, e.lease_token, e.cancel_requested, e.pause_requested`;

/** Takes executions for this worker. `acquire` gives null when another one has it or nothing is left to do. */
export function createLeases(owner: string) {
  const lane = createLane<string, LeasedExecution | null>(
    async (ids) => {
      const unique = [...new Set(ids)];
      const { rows } = await getPool().query<LeaseRow>({
        name: 'acquire',
        text: ACQUIRE,
        values: [unique, owner, LEASE_MS / 1000],
      });
      const found = new Map(rows.map((row) => [row.id, toLeased(row)]));
      return ids.map((id) => {
        const lease = found.get(id) ?? null;
        found.delete(id); // two wake-ups in one batch: the first one gets it
        return lease;
      });
    },
    { maxBatch: 200, splitOn: () => false },
  );
  return {
    acquire: (executionId: string): Promise<LeasedExecution | null> => lane.push(executionId),
    /** Prolongs all leases of this worker. */
    async beat(poolId: string): Promise<void> {
      await getPool().query(
        `with beat as (insert into worker_process (id, pool_id, beat_at) values ($1, $3, now())
           on conflict (id) do update set beat_at = now(), pool_id = excluded.pool_id)
         update execution set lease_expires_at = now() + make_interval(secs => $2)
           where lease_owner = $1 and status = 'running'`,
        [owner, LEASE_MS / 1000, poolId],
      );
    },
    /** Executions of this worker that somebody asked to stop or to pause. */
    async requests(): Promise<{ id: string; cancel: boolean }[]> {
      const { rows } = await getPool().query<{ id: string; cancel: boolean }>({
        name: 'requests',
        text: `select id, cancel_requested as cancel from execution
          where lease_owner = $1 and status = 'running' and (cancel_requested or pause_requested)`,
        values: [owner],
      });
      return rows;
    },
    /** Says goodbye, so that nobody waits for this worker's leases to expire. */
    async leave(): Promise<void> {
      await getPool().query('delete from worker_process where id = $1', [owner]);
    },
  };
}
export type Leases = ReturnType<typeof createLeases>;

const toLeased = (row: LeaseRow): LeasedExecution => ({
  id: row.id,
  workspaceId: row.workspace_id,
  workflowId: row.workflow_id,
  versionId: row.version_id,
  mode: row.mode,
  trigger: row.trigger,
  lastSeq: row.last_seq,
  token: BigInt(row.lease_token),
  cancelRequested: row.cancel_requested,
  pauseRequested: row.pause_requested,
});

/**
 * Takes over from workers that are gone: frees their jobs (without burning an attempt of jobs that never ran), and puts
 * executions whose lease expired back in the queue, or gives up on one that crashed too often. Any worker may call it at
 * any time; rows that another one handles are skipped. Returns the ids that were given up.
 */
export async function sweep(): Promise<{ requeued: number; crashed: string[] }> {
  const pool = getPool();
  await pool.query(
    `with gone as (delete from worker_process where beat_at < now() - make_interval(secs => $1) returning pool_id),
     q as (update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_by in (select pool_id from gone))
     update graphile_worker._private_jobs j
     set locked_at = null, locked_by = null, attempts = greatest(0, attempts - 1), run_at = now()
     from graphile_worker._private_tasks t where t.id = j.task_id and j.locked_at is not null
       and (j.locked_by in (select pool_id from gone)
         -- of a pool that lives and lost the database before it could say what became of the job: to wake twice does no harm
         or (t.identifier = 'wake-executions' and j.locked_at < now() - make_interval(secs => $1)))`,
    [LEASE_MS / 1000],
  );
  const { rows } = await pool.query<{ id: string; crashed: boolean }>(
    `with dead as (
       select id from execution where lease_owner is not null and status = 'running' and lease_expires_at < now()
       limit 500 for update skip locked
     ), u as (
       update execution e set crashes = e.crashes + 1, lease_owner = null, lease_expires_at = null, lease_token = e.lease_token + 1,
         status = (case when e.crashes + 1 >= $1 then 'failed' else 'queued' end)::execution_status,
         finished_at = case when e.crashes + 1 >= $1 then now() end,
         error = case when e.crashes + 1 >= $1 then $2::jsonb end,
         last_seq = case when e.crashes + 1 >= $1 then e.last_seq + 1 else e.last_seq end
       from dead where e.id = dead.id returning e.id, e.status, e.last_seq, e.parent_id, e.crashes
     ), c as (
       insert into journal_chunk (execution_id, last_seq, events)
       select id, last_seq, jsonb_build_array(jsonb_build_object('type', 'execution.failed', 'seq', last_seq,
         'at', floor(extract(epoch from now()) * 1000), 'reason', 'crashed', 'error', $2::jsonb))
       from u where status = 'failed'
     ), j as (
       select count(*) from graphile_worker.add_jobs(array(
         select json_populate_record(null::graphile_worker.job_spec, json_build_object(
           'identifier', job, 'payload', case job when 'report-failure' then json_build_object('executionId', id)
             else json_build_object('executionIds', json_build_array(id)) end))
         from (
           select 'wake-executions' as job, id from u where status = 'queued' and crashes < ${SUSPECT_CRASHES}
           union all select 'wake-executions', parent_id from u where status = 'failed' and parent_id is not null
           union all select 'report-failure', id from u where status = 'failed'
         ) jobs))
     )
     select u.id, u.status = 'failed' as crashed from u, j`,
    [MAX_CRASHES, JSON.stringify(CRASHED)],
  );
  const crashed = rows.filter((row) => row.crashed).map((row) => row.id);
  return { requeued: rows.length - crashed.length, crashed };
}

/** Wakes the oldest suspect, unless one is running. */
export async function wakeNextSuspect(): Promise<void> {
  await getPool().query(
    `with turn as materialized (select ${SUSPECT_LOCK} as mine),
     next as (
       select id from execution where crashes >= $1 and status = 'queued' and (select mine from turn)
         and not exists (select 1 from execution where crashes >= $1 and status = 'running')
       order by queued_at limit 1
     )
     select graphile_worker.add_job('wake-executions', json_build_object('executionIds', json_build_array(id)), job_key => 'suspect')
     from next`,
    [SUSPECT_CRASHES],
  );
}

const CRASHED = {
  kind: 'limit',
  message: `Given up: the worker process died ${MAX_CRASHES} times while it ran this execution.`,
  detail: 'Usually a node needs more memory than there is. Look at the last node that started.',
  retryable: false,
};
