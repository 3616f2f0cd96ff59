import type { z } from 'zod';
import type { EngineEvent } from '#engine/events.ts';
import type { Outputs } from '#engine/item.ts';
import {
  type ExecutionState,
  initialState,
  inputsOf,
  isTerminal,
  type NodeRun,
  reduce,
} from '#engine/state.ts';
import { type Workflow, workflowSchema } from '#engine/workflow.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { WorkspaceScope } from '../scope.ts';
import { showOutputs } from '../storage/show-outputs.ts';
import type { TriggerData } from './accept.ts';
import { readEvents } from './journal.ts';
import type { ExecutionReplay, ExecutionStatus, ExecutionSummary, nodeRunSchema } from './schema.ts';

interface SummaryRow {
  id: string;
  workflowId: string;
  versionId: string;
  status: ExecutionStatus;
  mode: string;
  error: unknown;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  retryOfId: string | null;
}

/** One execution's row; while it has not ended, status and start come from its place in the queue. */
const SUMMARY = Prisma.sql`
  select e.id, e.workflow_id as "workflowId", e.version_id as "versionId", coalesce(a.status, e.status)::text as status, e.mode, e.error,
    e.queued_at as "queuedAt", coalesce(a.started_at, e.started_at) as "startedAt", e.finished_at as "finishedAt", e.retry_of_id as "retryOfId"
  from execution e left join active_execution a on a.execution_id = e.id`;

/** Newest first. `cursor` is where the last page ended. */
export async function listExecutions(
  scope: WorkspaceScope,
  filter: { workflowId?: string; status?: ExecutionStatus; limit: number; cursor?: string },
): Promise<{ data: ExecutionSummary[]; nextCursor: string | null }> {
  const conditions = [
    Prisma.sql`e.workspace_id = ${scope.workspaceId}::uuid`,
    ...(filter.workflowId ? [Prisma.sql`e.workflow_id = ${filter.workflowId}::uuid`] : []),
    ...(filter.status ? [hasStatus(filter.status)] : []),
  ];
  return listSummaries(conditions, filter.limit, filter.cursor);
}

/** A page of the executions `e` that meet all conditions, one of which must name the workspace. */
export async function listSummaries(
  conditions: readonly Prisma.Sql[],
  limit: number,
  cursor: string | undefined,
): Promise<{ data: ExecutionSummary[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const all = [
    ...conditions,
    ...(after
      ? [Prisma.sql`(e.queued_at < ${after.at} or (e.queued_at = ${after.at} and e.id < ${after.id}::uuid))`]
      : []),
  ];
  const rows = await db().$queryRaw<SummaryRow[]>`${SUMMARY} where ${Prisma.join(all, ' and ')}
    order by e.queued_at desc, e.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: await summarise(page),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.queuedAt, id: last.id }) : null,
  };
}

/** Written so that each kind finds its index: the small table of what has not ended, or the one by outcome. */
const hasStatus = (status: ExecutionStatus) =>
  isTerminal(status)
    ? Prisma.sql`e.status = ${status}::execution_status`
    : Prisma.sql`a.status = ${status}::execution_status`;

export async function findExecutionRow(scope: WorkspaceScope, id: string): Promise<SummaryRow | null> {
  const rows = await db().$queryRaw<SummaryRow[]>`${SUMMARY}
    where e.id = ${id}::uuid and e.workspace_id = ${scope.workspaceId}::uuid`;
  return rows[0] ?? null;
}

/** Where and with what it began. */
export async function getTriggerData(scope: WorkspaceScope, id: string): Promise<TriggerData> {
  const row = await db().execution.findFirst({
    where: { id, workspaceId: scope.workspaceId },
    select: { trigger: true },
  });
  if (!row) throw notFound('execution');
  return row.trigger as unknown as TriggerData;
}

/** The row of one execution of the workspace; throws NOT_FOUND. */
export async function getExecutionRow(scope: WorkspaceScope, id: string): Promise<SummaryRow> {
  const row = await findExecutionRow(scope, id);
  if (!row) throw notFound('execution');
  return row;
}

/** The graph that ran and all its events: what a page needs to show the run. */
export async function getReplay(scope: WorkspaceScope, id: string): Promise<ExecutionReplay> {
  const row = await getExecutionRow(scope, id);
  const [[execution], workflow, events] = await Promise.all([
    summarise([row]),
    getVersionContent(row.versionId),
    readEvents(id),
  ]);
  return { execution: execution!, workflow, events };
}

/** The execution with inputs and outputs of every node run, by node name. */
export async function getExecution(scope: WorkspaceScope, id: string) {
  const { execution, workflow, events } = await getReplay(scope, id);
  const state = events.reduce<ExecutionState>((s, event: EngineEvent) => reduce(s, event), initialState());
  const room = { bytes: MAX_SHOWN_BYTES };
  const nodes: Record<string, ShownRun[]> = {};
  for (const node of workflow.nodes) {
    const runs = state.nodes[node.id];
    if (!runs) continue;
    const shown: ShownRun[] = (nodes[node.name] = []);
    for (const [index, run] of runs.entries())
      shown.push(await showRun(run, inputsOf(state, node.id, index), room));
  }
  return { ...execution, nodes };
}

/** Large outputs that one answer opens; beyond, it has their first items. */
const MAX_SHOWN_BYTES = 16 * 1024 * 1024;

type ShownRun = z.output<typeof nodeRunSchema>;
async function showRun(run: NodeRun, inputs: Outputs, room: { bytes: number }): Promise<ShownRun> {
  const given = await showOutputs(inputs, room);
  const gave = await showOutputs(run.outputs, room);
  const isStored = [given, gave].some(({ stored }) => Object.keys(stored).length > 0);
  return {
    status: run.status,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    inputs: given.items,
    outputs: gave.items,
    ...(isStored ? { stored: { inputs: given.stored, outputs: gave.stored } } : {}),
    error: run.error ? { ...run.error } : null,
    attempts: run.attempt,
    logs: run.logs ?? [],
  };
}

async function getVersionContent(versionId: string): Promise<Workflow> {
  const version = await db().workflowVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: { content: true },
  });
  return workflowSchema.parse(version.content);
}

async function summarise(rows: SummaryRow[]): Promise<ExecutionSummary[]> {
  const [workflows, versions] = await Promise.all([
    db().workflow.findMany({
      where: { id: { in: [...new Set(rows.map((r) => r.workflowId))] } },
      select: { id: true, name: true },
    }),
    db().workflowVersion.findMany({
      where: { id: { in: [...new Set(rows.map((r) => r.versionId))] } },
      select: { id: true, number: true },
    }),
  ]);
  const names = new Map(workflows.map((w) => [w.id, w.name]));
  const numbers = new Map(versions.map((v) => [v.id, v.number]));
  return rows.map((row) => ({
    ...row,
    workflowName: names.get(row.workflowId) ?? 'Deleted workflow',
    versionNumber: numbers.get(row.versionId) ?? null,
    error: row.error as ExecutionSummary['error'],
    durationMs: row.startedAt && row.finishedAt ? row.finishedAt.getTime() - row.startedAt.getTime() : null,
  }));
}
