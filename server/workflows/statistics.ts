import { getPool } from '../db.ts';
import { EXECUTION_STATUSES } from '../executions/schema.ts';
import type { WorkspaceScope } from '../scope.ts';
import { assertWorkflow } from './queries.ts';
import type { WorkflowStatistics } from './schema.ts';

export const STATISTICS_DAYS = 30;
/** A workflow that runs every second would else make this read millions of rows. */
const MOST = 100_000;

/** How a workflow did in the last 30 days: counts by status, and how long ended executions took, in ms. Throws NOT_FOUND. */
export async function getStatistics(scope: WorkspaceScope, workflowId: string): Promise<WorkflowStatistics> {
  await assertWorkflow(scope, workflowId);
  const { rows } = await getPool().query<{
    status: string | null;
    count: number;
    p50: number | null;
    p95: number | null;
    last_at: Date | null;
  }>(
    `select status, count(*)::int as count, max(queued_at) as last_at,
       percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95
     from (
       select coalesce(a.status, e.status)::text as status, e.queued_at,
         extract(epoch from e.finished_at - e.started_at)::float8 * 1000 as ms
       from execution e left join active_execution a on a.execution_id = e.id
       where e.workspace_id = $1 and e.workflow_id = $2 and e.queued_at > now() - make_interval(days => $3)
       order by e.queued_at desc limit $4
     ) newest
     group by grouping sets ((status), ())`,
    [scope.workspaceId, workflowId, STATISTICS_DAYS, MOST],
  );
  const all = rows.find(({ status }) => status === null);
  const countOf = (wanted: string) => rows.find(({ status }) => status === wanted)?.count ?? 0;
  const byStatus = Object.fromEntries(EXECUTION_STATUSES.map((status) => [status, countOf(status)]));
  const failed = countOf('failed') + countOf('timeout');
  const ended = countOf('completed') + failed;
  return {
    days: STATISTICS_DAYS,
    executions: all?.count ?? 0,
    complete: (all?.count ?? 0) < MOST,
    byStatus: byStatus as WorkflowStatistics['byStatus'],
    failureRate: ended === 0 ? null : failed / ended,
    durationMs: { p50: round(all?.p50), p95: round(all?.p95) },
    lastQueuedAt: all?.last_at ?? null,
  };
}

const round = (ms: number | null | undefined): number | null => (ms == null ? null : Math.round(ms));
