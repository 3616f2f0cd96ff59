import type { NodeErrorData } from '#engine/errors.ts';
import { type ExecutionState, isTerminal, type NodeRun } from '#engine/state.ts';
import type { WorkflowEdge } from '#engine/workflow.ts';

export type NodeStatus =
  | 'idle'
  | 'running'
  | 'retrying'
  | 'waiting'
  | 'completed'
  | 'failed'
  | 'skipped'
  | 'stopped';

/** What a card says about its node in the shown execution. */
export interface NodeView {
  status: NodeStatus;
  runs: number;
  /** Items given by all runs over all ports. */
  items: number;
  durationMs: number | null;
  startedAt: number | null;
  attempt: number;
  error: NodeErrorData | null;
  pinned: boolean;
}

const IDLE: NodeView = {
  status: 'idle',
  runs: 0,
  items: 0,
  durationMs: null,
  startedAt: null,
  attempt: 1,
  error: null,
  pinned: false,
};
const SKIPPED: NodeView = { ...IDLE, status: 'skipped' };

const known = new WeakMap<NodeRun[], NodeView>();

/** Cached by the list of runs, which the reducer replaces on every change: cards re-render only on their own news. */
export function nodeView(state: ExecutionState, id: string): NodeView {
  const runs = state.nodes[id];
  if (!runs || runs.length === 0) return state.skipped[id] ? SKIPPED : IDLE;
  const over = isTerminal(state.status);
  const cached = known.get(runs);
  if (cached && !(over && isOpen(cached.status))) return cached;
  const view = compute(runs, over);
  known.set(runs, view);
  return view;
}

const isOpen = (status: NodeStatus) => status === 'running' || status === 'waiting' || status === 'retrying';

function compute(runs: NodeRun[], over: boolean): NodeView {
  let items = 0;
  let durationMs: number | null = null;
  let failed: NodeRun | undefined;
  let open: NodeRun | undefined;
  for (const run of runs) {
    if (!run) continue;
    for (const list of Object.values(run.outputs)) items += list.length;
    if (run.durationMs !== null) durationMs = (durationMs ?? 0) + run.durationMs;
    if (run.status === 'failed') failed = run;
    if (isOpen(run.status)) open = run;
  }
  const last = runs.at(-1);
  const status: NodeStatus = open
    ? over
      ? 'stopped'
      : (open.status as NodeStatus)
    : failed
      ? 'failed'
      : 'completed';
  return {
    status,
    runs: runs.length,
    items,
    durationMs,
    startedAt: (open ?? last)?.startedAt ?? null,
    attempt: (open ?? last)?.attempt ?? 1,
    error: (failed ?? open)?.error ?? null,
    pinned: last?.pinned ?? false,
  };
}

/** How many items went along an edge, over all runs; null when its source never ran. */
export function edgeItems(state: ExecutionState, edge: WorkflowEdge): number | null {
  const runs = state.nodes[edge.from.node];
  if (!runs || runs.length === 0) return null;
  let total: number | null = null;
  for (const run of runs) {
    const list = run?.outputs[edge.from.port];
    if (list) total = (total ?? 0) + list.length;
  }
  return total;
}
