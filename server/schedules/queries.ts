import { isId } from '#lib/id.ts';
import { definitions } from '#nodes/definitions.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { nextRun } from '../triggers/schedule.ts';
import type { Schedule } from './schema.ts';

/** Node types that start a workflow at set times. */
export const SCHEDULE_TYPES: readonly string[] = [
  ...new Set(definitions.filter(({ startedBy }) => startedBy === 'schedule').map(({ type }) => type)),
];

export interface SchedulePlace {
  workflowId: string;
  nodeId: string;
}
export const scheduleId = ({ workflowId, nodeId }: SchedulePlace): string => `${workflowId}:${nodeId}`;

/** Throws NOT_FOUND for a text that cannot be the id of a schedule. */
export function placeOf(id: string): SchedulePlace {
  const [workflowId = '', ...rest] = id.split(':');
  if (!isId(workflowId) || rest.length === 0) throw notFound('schedule');
  return { workflowId, nodeId: rest.join(':') };
}

interface Row {
  workflowId: string;
  workflowName: string;
  workflowActive: boolean;
  draftTimezone: string | null;
  nodeId: string;
  name: string | null;
  /** Of the draft's node; null when the draft has it no more. */
  parameters: Record<string, unknown> | null;
  disabled: boolean | null;
  /** Of the live node; null when it was never published. */
  config: Record<string, unknown> | null;
  nextRunAt: Date | null;
  lastRunAt: Date | null;
}

/** Schedules of drafts and of what is live, by workflow and node. `cursor` is the id that the last page ended with. */
export async function listSchedules(
  scope: WorkspaceScope,
  filter: { workflowId?: string; limit: number; cursor?: string },
): Promise<{ data: Schedule[]; nextCursor: string | null }> {
  const after = filter.cursor === undefined ? null : readCursor(filter.cursor);
  const rows = await select(
    scope,
    filter.limit + 1,
    filter.workflowId ? Prisma.sql`and w.id = ${filter.workflowId}::uuid` : Prisma.empty,
    after
      ? Prisma.sql`and (s.workflow_id, s.node_id) > (${after.workflowId}::uuid, ${after.nodeId})`
      : Prisma.empty,
  );
  const data = rows.slice(0, filter.limit).map(toSchedule);
  const last = data.at(-1);
  return {
    data,
    nextCursor: rows.length > filter.limit && last ? Buffer.from(last.id).toString('base64url') : null,
  };
}

function readCursor(cursor: string): SchedulePlace {
  try {
    return placeOf(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new AppError('BAD_REQUEST', 'This cursor is not valid. Start the list anew.');
  }
}

/** Throws NOT_FOUND. */
export async function getSchedule(scope: WorkspaceScope, id: string): Promise<Schedule> {
  const { workflowId, nodeId } = placeOf(id);
  const here = Prisma.sql`and w.id = ${workflowId}::uuid and s.node_id = ${nodeId}`;
  const [row] = await select(scope, 1, here, Prisma.empty);
  if (!row) throw notFound('schedule');
  return toSchedule(row);
}

const select = (scope: WorkspaceScope, limit: number, ...more: Prisma.Sql[]): Promise<Row[]> =>
  db().$queryRaw<Row[]>`
    with drafted as (
      select w.id as workflow_id, n.node->>'id' as node_id, n.node
      from workflow w cross join lateral jsonb_array_elements(w.draft->'nodes') as n(node)
      where w.workspace_id = ${scope.workspaceId}::uuid and w.deleted_at is null
        and w.node_types && ${[...SCHEDULE_TYPES]}::text[] and n.node->>'type' = any(${[...SCHEDULE_TYPES]}::text[])
    ), live as (
      select workflow_id, node_id, config, next_run_at, last_run_at from "trigger"
      where workspace_id = ${scope.workspaceId}::uuid and type = 'schedule'
    ), s as (
      select workflow_id, node_id, drafted.node, live.config, live.next_run_at, live.last_run_at
      from drafted full join live using (workflow_id, node_id)
    )
    select s.workflow_id as "workflowId", w.name as "workflowName", w.active as "workflowActive",
      w.draft->'settings'->>'timezone' as "draftTimezone", s.node_id as "nodeId", s.node->>'name' as name,
      s.node->'parameters' as parameters, (s.node->>'disabled')::boolean as disabled, s.config,
      s.next_run_at as "nextRunAt", s.last_run_at as "lastRunAt"
    from s join workflow w on w.id = s.workflow_id and w.deleted_at is null
    where w.workspace_id = ${scope.workspaceId}::uuid ${Prisma.join(more, ' ')}
    order by s.workflow_id, s.node_id limit ${limit}`;

function toSchedule(row: Row): Schedule {
  const timezone = row.draftTimezone ?? 'UTC';
  const config: Record<string, unknown> = row.config ?? { ...row.parameters, timezone };
  const { workflowId, workflowName, nodeId, lastRunAt } = row;
  return {
    id: scheduleId(row),
    workflowId,
    workflowName,
    nodeId,
    name: row.name ?? nodeId,
    status: statusOf(row),
    rules: rulesOf(config),
    timezone: String(config.timezone ?? 'UTC'),
    nextRuns: nextRuns(config),
    lastRunAt,
    draftDiffers: row.config !== null && differs(row, timezone),
  };
}

function statusOf({ config, workflowActive, nextRunAt }: Row): Schedule['status'] {
  if (config === null) return 'draft';
  if (config.paused === true) return 'paused';
  if (!workflowActive) return 'inactive';
  return nextRunAt ? 'active' : 'ended';
}

const rulesOf = ({ rules = [{}] }: Record<string, unknown>) =>
  Array.isArray(rules) ? (rules as Record<string, unknown>[]) : [];

/** The row that was drafted is gone, off, or says other times. */
const differs = ({ parameters, disabled, config }: Row, timezone: string): boolean =>
  parameters === null ||
  disabled === true ||
  JSON.stringify([rulesOf(parameters), timezone]) !== JSON.stringify([rulesOf(config!), config!.timezone]);

const SHOWN = 5;

function nextRuns(config: Record<string, unknown>): Date[] {
  const times: Date[] = [];
  for (let after = Date.now(); times.length < SHOWN; ) {
    const next = nextRun(config, after);
    if (!next) break;
    times.push(next);
    after = next.getTime();
  }
  return times;
}
