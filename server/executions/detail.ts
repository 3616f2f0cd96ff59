import type { z } from 'zod';
import { type Outputs, shownItems } from '#engine/item.ts';
import { apply, type ExecutionState, initialState, inputsOf, type NodeRun } from '#engine/state.ts';
import type { WorkflowNode } from '#engine/workflow.ts';
import { notFound } from '../errors.ts';
import { pageOf } from '../rest/list-page.ts';
import type { WorkspaceScope } from '../scope.ts';
import type {
  executionStatisticsSchema,
  executionWithGraphSchema,
  LogEntry,
  NodeSummary,
  nodeRunsSchema,
} from './detail-schema.ts';
import { logLines } from './log-lines.ts';
import { getExecution, getReplay, getTriggerData, MAX_SHOWN_BYTES, showRun } from './queries.ts';
import type { ExecutionReplay } from './schema.ts';

interface Page {
  limit: number;
  cursor?: string | undefined;
}
type Listed<T> = { data: T[]; nextCursor: string | null };

/** With the graph that ran and what it began with. Throws NOT_FOUND, as everything here. */
export async function getExecutionWithGraph(
  scope: WorkspaceScope,
  id: string,
): Promise<z.output<typeof executionWithGraphSchema>> {
  const [execution, { workflow }, { nodeId, items }] = await Promise.all([
    getExecution(scope, id),
    getReplay(scope, id),
    getTriggerData(scope, id),
  ]);
  return {
    ...execution,
    workflow,
    trigger: { ...(nodeId === undefined ? {} : { nodeId }), items: [...shownItems(items)] },
  };
}

/** What every node did that ran or was skipped, in the order of the file, without its data. */
export async function listNodesOf(
  scope: WorkspaceScope,
  id: string,
  page: Page,
): Promise<Listed<NodeSummary>> {
  const replay = await getReplay(scope, id);
  return pageOf(summariesOf(replay), ({ nodeId }) => nodeId, page);
}

/** The runs of one node with their data, first to last. */
export async function listRunsOf(
  scope: WorkspaceScope,
  { id, nodeId, ...page }: { id: string; nodeId: string } & Page,
): Promise<z.output<typeof nodeRunsSchema>> {
  const replay = await getReplay(scope, id);
  const node = nodeIn(replay, nodeId);
  const state = stateOf(replay);
  const runs = (state.nodes[nodeId] ?? []).map((run, index) => ({ run, index }));
  const { data, nextCursor } = pageOf(runs, ({ index }) => String(index), page);
  const room = { bytes: MAX_SHOWN_BYTES };
  const shown: z.output<typeof nodeRunsSchema>['data'] = [];
  for (const { run, index } of data)
    shown.push({ run: index, ...(await showRun(run, inputsOf(state, nodeId, index), room)) });
  return { nodeId, name: node.name, type: node.type, data: shown, nextCursor };
}

/** What happened, in words, and what nodes wrote to their log; of one node only when it is named. */
export async function listLogs(
  scope: WorkspaceScope,
  { id, nodeId, ...page }: { id: string; nodeId?: string } & Page,
): Promise<Listed<LogEntry>> {
  const replay = await getReplay(scope, id);
  if (nodeId !== undefined) nodeIn(replay, nodeId);
  const lines = logLines(replay.events, replay.workflow)
    .filter((line) => nodeId === undefined || line.nodeId === nodeId)
    .map((line, index) => ({ line, index }));
  const { data, nextCursor } = pageOf(lines, ({ index }) => String(index), page);
  return { data: data.map(({ line }) => line), nextCursor };
}

const SLOWEST = 10;

/** Times and counts of one execution. */
export async function getExecutionStatistics(
  scope: WorkspaceScope,
  id: string,
): Promise<z.output<typeof executionStatisticsSchema>> {
  const replay = await getReplay(scope, id);
  const { execution, events } = replay;
  const nodes = summariesOf(replay);
  const ran = nodes.filter(({ runs }) => runs > 0);
  const sum = (of: 'runs' | 'failures' | 'attempts' | 'itemsOut') => ran.reduce((n, node) => n + node[of], 0);
  return {
    queuedMs: execution.startedAt ? Date.parse(execution.startedAt) - Date.parse(execution.queuedAt) : null,
    durationMs: execution.durationMs,
    nodes: ran.length,
    runs: sum('runs'),
    failures: sum('failures'),
    skipped: nodes.length - ran.length,
    retries: sum('attempts') - sum('runs'),
    items: sum('itemsOut'),
    events: events.length,
    slowest: [...ran]
      .sort((a, b) => b.durationMs - a.durationMs)
      .slice(0, SLOWEST)
      .map(({ nodeId, name, type, durationMs, runs }) => ({ nodeId, name, type, durationMs, runs })),
  };
}

const stateOf = ({ events }: ExecutionReplay): ExecutionState => events.reduce(apply, initialState());

function nodeIn({ workflow }: ExecutionReplay, nodeId: string): WorkflowNode {
  const node = workflow.nodes.find(({ id }) => id === nodeId);
  if (!node) throw notFound('node');
  return node;
}

function summariesOf(replay: ExecutionReplay): NodeSummary[] {
  const state = stateOf(replay);
  return replay.workflow.nodes.flatMap((node): NodeSummary[] => {
    const runs = Object.hasOwn(state.nodes, node.id) ? state.nodes[node.id]! : [];
    const last = runs.at(-1);
    if (!last && !state.skipped[node.id]) return [];
    const sum = (of: (run: NodeRun) => number) => runs.reduce((n, run) => n + of(run), 0);
    return [
      {
        nodeId: node.id,
        name: node.name,
        type: node.type,
        status: last?.status ?? 'skipped',
        runs: runs.length,
        failures: sum(({ status }) => (status === 'failed' ? 1 : 0)),
        attempts: sum(({ attempt }) => attempt),
        durationMs: sum(({ durationMs }) => durationMs ?? 0),
        itemsIn: runs.reduce((n, _run, index) => n + lengthOf(inputsOf(state, node.id, index)), 0),
        itemsOut: sum(({ outputs }) => lengthOf(outputs)),
        error: last?.error ? { ...last.error } : null,
      },
    ];
  });
}

const lengthOf = (outputs: Outputs): number =>
  Object.values(outputs).reduce((n, { length }) => n + length, 0);
