import type { NodeErrorData } from './errors.ts';
import type { EngineEvent, FormPage, InputSources, LogLine, Question, WebhookResponse } from './events.ts';
import { type Item, isStored, type Output, type Outputs, shownItems } from './item.ts';

export type NodeRunStatus = 'running' | 'retrying' | 'waiting' | 'completed' | 'failed';

/** One run of one node. A node in a loop has many. */
export interface NodeRun {
  status: NodeRunStatus;
  sources: InputSources;
  outputs: Outputs;
  attempt: number;
  startedAt: number;
  durationMs: number | null;
  error?: NodeErrorData;
  logs?: LogLine[];
  response?: WebhookResponse;
  pinned?: boolean;
  /** Set while waiting or retrying: when it goes on (ms), what it waits for, what it gives then. */
  wait?: {
    until: number | null;
    call?: true;
    question?: Question;
    form?: FormPage;
    executions?: string[];
    outputs?: Outputs;
  };
}

export interface ExecutionState {
  status: 'queued' | 'running' | 'waiting' | 'paused' | 'completed' | 'failed' | 'cancelled' | 'timeout';
  /** Number of the last event folded in. */
  seq: number;
  /** By node id. */
  nodes: Record<string, NodeRun[]>;
  skipped: Record<string, true>;
  startedAt: number | null;
  finishedAt: number | null;
  error?: NodeErrorData;
  failedNode?: string;
}

export const initialState = (): ExecutionState => ({
  status: 'queued',
  seq: 0,
  nodes: {},
  skipped: {},
  startedAt: null,
  finishedAt: null,
});

export const isTerminal = (status: ExecutionState['status']): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'timeout';

/** Folds one event into a new state; what the event does not touch is shared with the old one. For the browser. */
export function reduce(state: ExecutionState, event: EngineEvent): ExecutionState {
  const copy: ExecutionState = { ...state };
  if (event.type === 'node.skipped') copy.skipped = { ...state.skipped };
  else if ('run' in event)
    copy.nodes = { ...state.nodes, [event.node]: [...(state.nodes[event.node] ?? [])] };
  return apply(copy, event);
}

/**
 * Folds one event in place: the only writer of state. The run loop uses it directly, since copying the runs of a
 * 10,000-fold loop on every event would cost more than the loop. Run records are replaced, never mutated.
 */
export function apply(state: ExecutionState, event: EngineEvent): ExecutionState {
  state.seq = event.seq;
  switch (event.type) {
    case 'execution.queued':
      break;
    case 'execution.started':
      state.status = 'running';
      state.startedAt = event.at;
      break;
    case 'execution.waiting':
      state.status = 'waiting';
      break;
    case 'execution.paused':
      state.status = 'paused';
      break;
    case 'execution.resumed':
      state.status = 'running';
      break;
    case 'execution.completed':
    case 'execution.cancelled':
      state.status = event.type === 'execution.completed' ? 'completed' : 'cancelled';
      state.finishedAt = event.at;
      break;
    case 'execution.failed':
      state.status = event.reason === 'timeout' ? 'timeout' : 'failed';
      state.finishedAt = event.at;
      state.error = event.error;
      if (event.node !== undefined) state.failedNode = event.node;
      break;
    case 'node.skipped':
      state.skipped[event.node] = true;
      break;
    default:
      applyToRun(state, event);
  }
  return state;
}

type RunEvent = Extract<EngineEvent, { run: number }>;

function applyToRun(state: ExecutionState, event: RunEvent): void {
  const runs = (state.nodes[event.node] ??= []);
  if (event.type === 'node.started') {
    runs[event.run] = {
      status: 'running',
      sources: event.sources,
      outputs: {},
      attempt: event.attempt,
      startedAt: event.at,
      durationMs: null,
    };
    return;
  }
  const run = runs[event.run];
  if (!run) throw new Error(`${event.type} of ${event.node}#${event.run}, which never started`);
  const { wait: _wait, ...awake } = run;
  switch (event.type) {
    case 'node.completed':
      runs[event.run] = {
        ...awake,
        status: 'completed',
        outputs: event.outputs,
        durationMs: event.durationMs,
        ...(event.logs ? { logs: event.logs } : {}),
        ...(event.response ? { response: event.response } : {}),
        ...(event.pinned ? { pinned: true } : {}),
      };
      break;
    case 'node.failed':
      runs[event.run] = {
        ...awake,
        status: 'failed',
        outputs: event.outputs ?? {},
        durationMs: event.durationMs,
        error: event.error,
        ...(event.logs ? { logs: event.logs } : {}),
      };
      break;
    case 'node.retrying':
      runs[event.run] = {
        ...awake,
        status: 'retrying',
        attempt: event.attempt,
        error: event.error,
        wait: { until: event.resumeAt },
      };
      break;
    case 'node.waiting':
      runs[event.run] = {
        ...awake,
        status: 'waiting',
        wait: {
          until: event.until,
          ...(event.call ? { call: true } : {}),
          ...(event.question ? { question: event.question } : {}),
          ...(event.form ? { form: event.form } : {}),
          ...(event.executions ? { executions: event.executions } : {}),
          ...(event.outputs ? { outputs: event.outputs } : {}),
        },
      };
      break;
  }
}

/** What reached each input port of one run, found where it was produced. */
export function inputsOf(state: ExecutionState, nodeId: string, run: number): Outputs {
  const inputs: Outputs = {};
  for (const [port, deliveries] of deliveriesOf(state, nodeId, run)) inputs[port] = together(deliveries);
  return inputs;
}

/** The items that reached one run, by input port, with what stands for stored items opened. */
export function deliveredItems(
  state: ExecutionState,
  nodeId: string,
  run: number,
  open: (output: Output) => Item[],
): { port: string; items: Item[] }[] {
  return deliveriesOf(state, nodeId, run).map(([port, deliveries]) => ({
    port,
    items: deliveries.length === 1 ? open(deliveries[0]!) : deliveries.flatMap(open),
  }));
}

/** All outputs that one run got as its inputs. */
export const deliveredTo = (state: ExecutionState, nodeId: string, run: number): Output[] =>
  deliveriesOf(state, nodeId, run).flatMap(([, deliveries]) => deliveries);

function deliveriesOf(state: ExecutionState, nodeId: string, run: number): [string, Output[]][] {
  const sources = state.nodes[nodeId]?.[run]?.sources ?? {};
  return Object.entries(sources).map(([port, deliveries]) => [
    port,
    deliveries.map((from) => state.nodes[from.node]?.[from.run]?.outputs[from.port] ?? []),
  ]);
}

/** Several outputs as one; with stored ones among them it can be shown and counted, but has no place of its own. */
function together(outputs: Output[]): Output {
  const [only] = outputs;
  if (outputs.length === 1 && only) return only;
  const first: Item[] = [];
  for (const output of outputs) for (const item of shownItems(output)) first.push(item);
  const stored = outputs.filter(isStored);
  if (stored.length === 0) return first;
  return {
    stored: '',
    length: outputs.reduce((sum, { length }) => sum + length, 0),
    bytes: stored.reduce((sum, { bytes }) => sum + bytes, 0),
    first,
    ...(stored.some((output) => output.shortened) ? { shortened: true } : {}),
  };
}
