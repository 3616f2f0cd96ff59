import type { EngineEvent } from '#engine/events.ts';
import { type ExecutionState, initialState, inputsOf, reduce } from '#engine/state.ts';
import { type Workflow, workflowSchema } from '#engine/workflow.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { WorkspaceScope } from '../scope.ts';
import { readEvents } from './journal.ts';
import type { ExecutionReplay, ExecutionStatus, ExecutionSummary } from './schema.ts';

const summarySelect = {
  id: true,
  workflowId: true,
  versionId: true,
  status: true,
  mode: true,
  error: true,
  queuedAt: true,
  startedAt: true,
  finishedAt: true,
  retryOfId: true,
} as const;

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

/** Newest first. `cursor` is where the last page ended. */
export async function listExecutions(
  scope: WorkspaceScope,
  filter: { workflowId?: string; status?: ExecutionStatus; limit: number; cursor?: string },
): Promise<{ data: ExecutionSummary[]; nextCursor: string | null }> {
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const rows = await db().execution.findMany({
    where: {
      workspaceId: scope.workspaceId,
      ...(filter.workflowId ? { workflowId: filter.workflowId } : {}),
      ...(filter.status ? { status: filter.status } : {}),
      ...(after
        ? { OR: [{ queuedAt: { lt: after.at } }, { queuedAt: after.at, id: { lt: after.id } }] }
        : {}),
    },
    orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }],
    take: filter.limit + 1,
    select: summarySelect,
  });
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    data: await summarise(page),
    nextCursor: rows.length > filter.limit && last ? encodeCursor({ at: last.queuedAt, id: last.id }) : null,
  };
}

export const findExecutionRow = (scope: WorkspaceScope, id: string): Promise<SummaryRow | null> =>
  db().execution.findFirst({ where: { id, workspaceId: scope.workspaceId }, select: summarySelect });

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
  const nodes = Object.fromEntries(
    workflow.nodes
      .filter((node) => state.nodes[node.id])
      .map((node) => [
        node.name,
        state.nodes[node.id]!.map((run, index) => ({
          status: run.status,
          startedAt: run.startedAt,
          durationMs: run.durationMs,
          inputs: inputsOf(state, node.id, index),
          outputs: run.outputs,
          error: run.error ? { ...run.error } : null,
          attempts: run.attempt,
          logs: run.logs ?? [],
        })),
      ]),
  );
  return { ...execution, nodes };
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
