import { db } from '../db.ts';
import { env } from '../env.ts';
import { planOf } from '../plans/schema.ts';
import { keptDays } from '../retention/policy.ts';
import type { WorkspaceScope } from '../scope.ts';
import { openPeriods } from './periods.ts';
import { forecast } from './policy.ts';
import type { Period, Refusal, Usage, WorkflowUsage } from './schema.ts';

const DAY_MS = 86_400_000;
const SHOWN = 100;

type InWorkspace = Pick<WorkspaceScope, 'workspaceId'>;

const shownPeriod = {
  ...{ startsAt: true, endsAt: true, used: true, included: true, credit: true, covered: true, overage: true },
} as const;

type Row = Period & { covered: number };
/** What a larger plan had covered earlier in the month is shown like credit: it is on top of the plan, and costs nothing. */
const shown = ({ covered, credit, ...period }: Row): Period => ({
  ...period,
  credit: Math.max(credit, covered - (period.included ?? covered)),
});

/** The month of usage that now is in. */
async function currentPeriod({ workspaceId }: InWorkspace): Promise<Period> {
  const now = new Date();
  const where = { workspaceId, startsAt: { lte: now }, endsAt: { gt: now } };
  const found = await db().usagePeriod.findFirst({ where, select: shownPeriod });
  if (found) return shown(found);
  await openPeriods([workspaceId]);
  return db().usagePeriod.findFirstOrThrow({
    where: { workspaceId, endsAt: { gt: now } },
    select: shownPeriod,
  });
}

/** What the workspace uses and may use, this month and now. */
export async function getUsage(scope: InWorkspace): Promise<Usage> {
  const { workspaceId } = scope;
  const now = new Date();
  const period = await currentPeriod(scope);
  const [workspace, counted, days] = await Promise.all([
    db().workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { plan: true, seats: true, concurrency: true, planConcurrency: true },
    }),
    countNow(workspaceId),
    listDays(workspaceId, period.startsAt, now),
  ]);
  const plan = planOf(workspace.plan);
  const limits = [workspace.concurrency, workspace.planConcurrency].filter((limit) => limit !== null);
  return {
    plan: plan.key,
    period: { ...period, forecast: forecast(period, period.used, now) },
    days,
    activeWorkflows: { used: counted.workflows, limit: plan.activeWorkflows },
    members: { used: counted.members, limit: workspace.seats },
    runningExecutions: { used: counted.running, limit: limits.length > 0 ? Math.min(...limits) : null },
    storageBytes: Number(counted.storage),
    retentionDays: keptDays(plan.key, env().LINKFLOW_RETENTION_DAYS),
  };
}

interface CountedNow {
  workflows: number;
  members: number;
  running: number;
  storage: bigint;
}

async function countNow(workspaceId: string): Promise<CountedNow> {
  const rows = await db().$queryRaw<CountedNow[]>`
    select
      (select count(*)::int from workflow where workspace_id = ${workspaceId}::uuid and active and deleted_at is null) as workflows,
      (select count(*)::int from member where workspace_id = ${workspaceId}::uuid)
        + (select count(*)::int from invitation where workspace_id = ${workspaceId}::uuid and accepted_at is null and expires_at > now()) as members,
      (select count(*)::int from active_execution where workspace_id = ${workspaceId}::uuid and status = 'running') as running,
      coalesce((select storage_bytes from workspace_day where workspace_id = ${workspaceId}::uuid order by day desc limit 1), 0) as storage`;
  return rows[0]!;
}

/** Without gaps: a day on which nothing happened is one, too. */
async function listDays(workspaceId: string, from: Date, to: Date): Promise<Usage['days']> {
  const rows = await db().$queryRaw<{ day: Date; executions: number; api_calls: number }[]>`
    select d::date as day, coalesce(e.n, 0)::int as executions, coalesce(w.api_calls, 0)::int as api_calls
    from generate_series((${from}::timestamptz at time zone 'UTC')::date, (${to}::timestamptz at time zone 'UTC')::date, '1 day') d
    left join (
      select day, sum(executions) as n from usage_day
      where workspace_id = ${workspaceId}::uuid and day >= (${from}::timestamptz at time zone 'UTC')::date group by day
    ) e on e.day = d::date
    left join workspace_day w on w.workspace_id = ${workspaceId}::uuid and w.day = d::date
    order by 1`;
  return rows.map((row) => ({
    day: isoDay(row.day),
    executions: row.executions,
    apiCalls: row.api_calls,
  }));
}

const isoDay = (day: Date): string => day.toISOString().slice(0, 10);

/** Days are whole ones in UTC: on the day on which a month begins, what ran before it is among them. */
export async function listWorkflowUsage(scope: InWorkspace): Promise<WorkflowUsage[]> {
  const { startsAt } = await currentPeriod(scope);
  return db().$queryRaw<WorkflowUsage[]>`
    with used as (
      select workflow_id, sum(executions)::int as executions from usage_day
      where workspace_id = ${scope.workspaceId}::uuid and day >= (${startsAt}::timestamptz at time zone 'UTC')::date group by 1
    ), budgets as (select workflow_id, budget from workflow_budget where workspace_id = ${scope.workspaceId}::uuid)
    select workflow_id as "workflowId", w.name, coalesce(u.executions, 0) as executions, b.budget, w.paused_by as "pausedBy"
    from used u full join budgets b using (workflow_id)
    left join workflow w on w.id = workflow_id and w.workspace_id = ${scope.workspaceId}::uuid and w.deleted_at is null
    where w.id is not null or u.executions > 0
    order by 3 desc, 1 limit ${SHOWN}`;
}

/** Executions by who started them, or else published the version that ran. */
export async function listMemberUsage(scope: InWorkspace) {
  const { startsAt } = await currentPeriod(scope);
  return db().$queryRaw<{ userId: string | null; name: string | null; executions: number }[]>`
    select m.user_id as "userId", p.name, sum(u.executions)::int as executions
    from usage_day u
    left join member m on m.workspace_id = u.workspace_id and m.user_id = u.user_id
    left join "user" p on p.id = m.user_id
    where u.workspace_id = ${scope.workspaceId}::uuid and u.day >= (${startsAt}::timestamptz at time zone 'UTC')::date
    group by 1, 2 order by 3 desc, 1 limit ${SHOWN}`;
}

/** Starts that a limit refused in the last 30 days, the newest first. */
export async function listRefusedStarts(scope: InWorkspace) {
  const rows = await db().refusedStart.findMany({
    where: { workspaceId: scope.workspaceId, day: { gte: new Date(Date.now() - 30 * DAY_MS) } },
    orderBy: [{ day: 'desc' }, { lastAt: 'desc' }],
    take: SHOWN,
    select: { day: true, workflowId: true, mode: true, reason: true, count: true, lastAt: true },
  });
  const workflows = await db().workflow.findMany({
    where: { workspaceId: scope.workspaceId, id: { in: [...new Set(rows.map((row) => row.workflowId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(workflows.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...row,
    day: isoDay(row.day),
    reason: row.reason as Refusal,
    name: names.get(row.workflowId) ?? null,
  }));
}

/** Months of usage, this one first. */
export async function listPeriods(scope: InWorkspace): Promise<Period[]> {
  await currentPeriod(scope);
  const rows = await db().usagePeriod.findMany({
    where: { workspaceId: scope.workspaceId },
    orderBy: { startsAt: 'desc' },
    take: 12,
    select: shownPeriod,
  });
  return rows.map(shown);
}
