import type { z } from 'zod';
import { getPool } from '../db.ts';
import { type endedSchema, type figuresSchema, MANY, type queueSchema } from './schema.ts';

/** Counting takes longer than anybody waits on a large system; then there is no figure. */
const COUNT_MS = 5_000;
/** Whoever reloads the page gets the same figures for so long. */
const KEPT_MS = 60_000;
const MAX_FAILURES = 50;
const MAX_WORKSPACES = 20;

export async function getFigures(): Promise<z.output<typeof figuresSchema>> {
  const { rows } = await getPool().query<Omit<z.output<typeof figuresSchema>, 'active'>>(`select
    (select count(*)::int from "user") as users,
    (select count(*)::int from "user" where blocked_at is not null) as "blockedUsers",
    (select count(*)::int from workspace where deleted_at is null) as workspaces,
    (select count(*)::int from workspace where deleted_at is not null) as "deletedWorkspaces",
    (select count(*)::int from workflow where deleted_at is null) as workflows,
    (select count(*)::int from workflow where deleted_at is null and active) as "activeWorkflows",
    (select count(*)::int from worker_process where beat_at > now() - interval '15 seconds') as workers,
    (select count(*)::int from graphile_worker._private_jobs where locked_at is null and run_at <= now() and attempts < max_attempts) as "dueJobs"`);
  const active = await getPool().query<{ status: string; count: number }>(
    'select status::text, count(*)::int as count from active_execution group by 1',
  );
  return { ...rows[0]!, active: byStatus(active.rows) };
}

const byStatus = (rows: readonly { status: string; count: number }[]) =>
  Object.fromEntries(rows.map(({ status, count }) => [status, count]));

type Ended = z.output<typeof endedSchema>;
let kept: { until: number; figures: Promise<Ended> } | undefined;

/** One count at a time, however many ask. */
export function getEnded(): Promise<Ended> {
  if (!kept || kept.until < Date.now()) {
    const figures = countEnded();
    kept = { until: Date.now() + KEPT_MS, figures };
    figures.catch(() => {
      kept = undefined;
    });
  }
  return kept.figures;
}

async function countEnded(): Promise<Ended> {
  const client = await getPool().connect();
  try {
    await client.query('begin');
    await client.query(`set local statement_timeout = ${COUNT_MS}`);
    const { rows } = await client.query<{ status: string; today: number; count: number }>(ENDED);
    await client.query('commit');
    return {
      today: byStatus(rows.map(({ status, today }) => ({ status, count: today }))),
      week: byStatus(rows),
    };
  } catch (error) {
    await client.query('rollback');
    if ((error as { code?: unknown }).code === TOO_LONG) return null;
    throw error;
  } finally {
    client.release();
  }
}
const TOO_LONG = '57014';

/** By the index of each workspace and status, without the rows. */
const ENDED = `
select e.status::text as status, count(*)::int as count,
  count(*) filter (where e.queued_at >= date_trunc('day', now(), 'UTC'))::int as today
from workspace w cross join unnest(array['completed', 'failed', 'timeout', 'cancelled']::execution_status[]) s(status)
cross join lateral (
  select e.status, e.queued_at from execution e
  where e.workspace_id = w.id and e.status = s.status and e.queued_at > now() - interval '7 days') e
group by 1`;

/** What waits, for how long, and what has failed. */
export async function getQueue(): Promise<z.output<typeof queueSchema>> {
  const pool = getPool();
  const [tiers, workspaces, dead, jobs, failures] = await Promise.all([
    pool.query(`select tier::text as tier, status::text as status, count(*)::int as count, min(queued_at) as "oldestAt"
      from active_execution group by 1, 2 order by 1, 2`),
    pool.query(`select a.id, w.name, a.queued, a.running from (
        select workspace_id as id, count(*) filter (where status = 'queued')::int as queued,
          count(*) filter (where status = 'running')::int as running
        from active_execution where status in ('queued', 'running') group by 1
        order by 2 desc, 3 desc limit ${MAX_WORKSPACES}) a
      join workspace w on w.id = a.id order by a.queued desc, a.running desc`),
    pool.query<{ count: number }>(`select count(*)::int as count from (select 1 from execution
        where status in ('failed', 'timeout') and mode <> 'manual' and handled_at is null limit ${MANY}) part`),
    pool.query(`select t.identifier as task,
        count(*) filter (where j.locked_at is null and j.attempts < j.max_attempts)::int as waiting,
        count(*) filter (where j.locked_at is not null)::int as running,
        count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null)::int as failed,
        min(j.run_at) filter (where j.locked_at is null and j.attempts < j.max_attempts) as "oldestAt"
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      group by 1 order by 1`),
    pool.query(`select j.id::text as id, t.identifier as task, j.attempts, j.max_attempts as "maxAttempts", j.run_at as "runAt",
        left(j.last_error, 300) as error
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.last_error is not null order by j.updated_at desc limit ${MAX_FAILURES}`),
  ]);
  return {
    tiers: tiers.rows,
    workspaces: workspaces.rows,
    deadLetters: dead.rows[0]?.count ?? 0,
    jobs: jobs.rows,
    failures: failures.rows,
  };
}
