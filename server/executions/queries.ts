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
import { type Columnar, columnsOf, db, limitTo, readColumns } from '../db.ts';
import { notFound } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { WorkspaceScope } from '../scope.ts';
import { showOutputs } from '../storage/show-outputs.ts';
import { toTimeText, toTimeTextOrNull } from '../time-text.ts';
import type { TriggerData } from './accept.ts';
import { readEvents } from './journal.ts';
import type { ExecutionReplay, ExecutionStatus, ExecutionSummary, nodeRunSchema } from './schema.ts';

/** Times as in JSON of the database. */
interface SummaryRow {
  id: string;
  workflowId: string;
  versionId: string;
  status: ExecutionStatus;
  mode: string;
  error: unknown;
  queuedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  retryOfId: string | null;
  /** null: the workflow is gone. */
  workflowName: string | null;
  versionNumber: number | null;
}

/** While an execution has not ended, its status and start come from its place in the queue. */
const SUMMARY = columnsOf<SummaryRow>({
  id: Prisma.sql`e.id`,
  workflowId: Prisma.sql`e.workflow_id`,
  versionId: Prisma.sql`e.version_id`,
  status: Prisma.sql`coalesce(a.status, e.status)::text`,
  mode: Prisma.sql`e.mode`,
  error: Prisma.sql`e.error`,
  queuedAt: Prisma.sql`e.queued_at`,
  startedAt: Prisma.sql`coalesce(a.started_at, e.started_at)`,
  finishedAt: Prisma.sql`e.finished_at`,
  retryOfId: Prisma.sql`e.retry_of_id`,
  workflowName: Prisma.sql`w.name`,
  versionNumber: Prisma.sql`v.number`,
});
const FROM = Prisma.sql`from execution e left join active_execution a on a.execution_id = e.id
  left join workflow w on w.id = e.workflow_id left join workflow_version v on v.id = e.version_id`;

/** `which` begins with its condition. */
async function readSummaries(which: Prisma.Sql): Promise<ExecutionSummary[]> {
  const { count, lists } = await readColumns(SUMMARY, Prisma.sql`${FROM} where ${which}`);
  return Array.from({ length: count }, (_, i) => summarise(lists, i));
}

interface ExecutionFilter {
  workflowId?: string;
  status?: readonly ExecutionStatus[];
  mode?: string;
  /** By when it was queued; `to` itself is not in. */
  from?: Date;
  to?: Date;
  limit: number;
  cursor?: string;
}

/** Newest first. `cursor` is where the last page ended. */
export async function listExecutions(
  scope: WorkspaceScope,
  filter: ExecutionFilter,
): Promise<{ data: ExecutionSummary[]; nextCursor: string | null }> {
  const { workflowId, status, mode, from, to } = filter;
  const conditions = [
    Prisma.sql`e.workspace_id = ${scope.workspaceId}::uuid`,
    ...(workflowId ? [Prisma.sql`e.workflow_id = ${workflowId}::uuid`] : []),
    ...(status ? [hasStatus(status)] : []),
    ...(mode ? [Prisma.sql`e.mode = ${mode}`] : []),
    ...(from ? [Prisma.sql`e.queued_at >= ${from}`] : []),
    ...(to ? [Prisma.sql`e.queued_at < ${to}`] : []),
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
  const rows = await readSummaries(Prisma.sql`${Prisma.join(all, ' and ')}
    order by e.queued_at desc, e.id desc ${limitTo(limit + 1)}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page,
    nextCursor:
      rows.length > limit && last ? encodeCursor({ at: new Date(last.queuedAt), id: last.id }) : null,
  };
}

/** Written so that each kind finds its index: the small table of what has not ended, or the one by outcome. */
function hasStatus(statuses: readonly ExecutionStatus[]) {
  const ended = statuses.filter(isTerminal);
  const active = statuses.filter((status) => !isTerminal(status));
  const kinds = [
    ...(ended.length > 0 ? [Prisma.sql`e.status = any(${ended}::execution_status[])`] : []),
    ...(active.length > 0 ? [Prisma.sql`a.status = any(${active}::execution_status[])`] : []),
  ];
  return Prisma.sql`(${Prisma.join(kinds, ' or ')})`;
}

export async function findExecution(scope: WorkspaceScope, id: string): Promise<ExecutionSummary | null> {
  const rows = await readSummaries(
    Prisma.sql`e.id = ${id}::uuid and e.workspace_id = ${scope.workspaceId}::uuid`,
  );
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

/** One execution of the workspace, without what happened in it; throws NOT_FOUND. */
export async function getExecutionSummary(scope: WorkspaceScope, id: string): Promise<ExecutionSummary> {
  const execution = await findExecution(scope, id);
  if (!execution) throw notFound('execution');
  return execution;
}

/** The graph that ran and all its events: what a page needs to show the run. */
export async function getReplay(scope: WorkspaceScope, id: string): Promise<ExecutionReplay> {
  return readReplay(await getExecutionSummary(scope, id));
}

/** The same, for an execution that was read through a scope. */
export async function readReplay(execution: ExecutionSummary): Promise<ExecutionReplay> {
  const { id, versionId } = execution;
  const [workflow, events] = await Promise.all([getVersionContent(versionId), readEvents(id)]);
  return { execution, workflow, events };
}

/** The execution with inputs and outputs of every node run, by node name. */
export const getExecution = async (scope: WorkspaceScope, id: string) =>
  showReplay(await getReplay(scope, id), MAX_SHOWN_BYTES);

/** A replay as the API shows it; `maxBytes`: what it opens of outputs that are stored apart. */
export async function showReplay({ execution, workflow, events }: ExecutionReplay, maxBytes: number) {
  const state = events.reduce<ExecutionState>((s, event: EngineEvent) => reduce(s, event), initialState());
  const room = { bytes: maxBytes };
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
export const MAX_SHOWN_BYTES = 16 * 1024 * 1024;

type ShownRun = z.output<typeof nodeRunSchema>;

/** One run with its items; `room` is what may still be read from the storage for the whole answer, in bytes. */
export async function showRun(run: NodeRun, inputs: Outputs, room: { bytes: number }): Promise<ShownRun> {
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

/** A version never changes, so it is read and checked once. The least recently used leave first. */
const contents = new Map<string, Workflow>();
const MAX_CONTENTS = 100;

async function getVersionContent(versionId: string): Promise<Workflow> {
  const content = contents.get(versionId) ?? (await readVersionContent(versionId));
  contents.delete(versionId);
  contents.set(versionId, content);
  if (contents.size > MAX_CONTENTS) contents.delete(contents.keys().next().value!);
  return content;
}

async function readVersionContent(versionId: string): Promise<Workflow> {
  const version = await db().workflowVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: { content: true },
  });
  return workflowSchema.parse(version.content);
}

/** Field by field, since objects of one known shape are made and turned into JSON several times as fast. */
function summarise(lists: Columnar<SummaryRow>['lists'], i: number): ExecutionSummary {
  const startedAt = lists.startedAt[i] ?? null;
  const finishedAt = lists.finishedAt[i] ?? null;
  return {
    id: lists.id[i]!,
    workflowId: lists.workflowId[i]!,
    workflowName: lists.workflowName[i] ?? 'Deleted workflow',
    versionId: lists.versionId[i]!,
    versionNumber: lists.versionNumber[i] ?? null,
    status: lists.status[i]!,
    mode: lists.mode[i]!,
    error: (lists.error[i] ?? null) as ExecutionSummary['error'],
    queuedAt: toTimeText(lists.queuedAt[i]!),
    startedAt: toTimeTextOrNull(startedAt),
    finishedAt: toTimeTextOrNull(finishedAt),
    durationMs: startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null,
    retryOfId: lists.retryOfId[i] ?? null,
  };
}
