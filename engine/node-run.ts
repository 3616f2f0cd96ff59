import { scrubError } from './credentials.ts';
import { NodeError, toNodeErrorData } from './errors.ts';
import type { LogLine } from './events.ts';
import { ERROR_PORT, type GraphNode } from './graph.ts';
import { EMPTY_ITEM, type Outputs, type PortItems } from './item.ts';
import { enter, leave, sourceAt } from './items.ts';
import type { NodeResult } from './node.ts';
import { type Attempt, NodeContext } from './node-context.ts';
import type { RunPorts } from './ports.ts';
import type { RunSetup } from './run-setup.ts';
import { deliveredItems, type ExecutionState } from './state.ts';

/** What a node gave, with its large outputs in the store. */
export type KeptResult = Omit<NodeResult, 'outputs'> & { outputs: Outputs };
export type AttemptResult = { result: KeptResult; logs: LogLine[] } | { thrown: unknown; logs: LogLine[] };

/** Runs one node once. Never rejects: what was thrown comes back, so that the caller can decide about retry and error ports. */
export async function attemptNode(
  setup: RunSetup,
  state: ExecutionState,
  ports: RunPorts,
  attempt: Attempt,
): Promise<AttemptResult & { inputs: PortItems }> {
  const entry = setup.graph.nodes.get(attempt.nodeId)!;
  const logs: LogLine[] = [];
  let inputs: PortItems = {};
  let giveBack: (() => void) | undefined;
  try {
    const { nodeId: node, run, loopStart = run, large, signal } = attempt;
    const lent = large.borrowFor(setup.graph, node, run, loopStart);
    if (lent) giveBack = await lent;
    inputs = inputsFor(setup, state, entry, attempt);
    const given =
      passThrough(setup, entry, inputs) ?? (await execute(setup, state, ports, entry, inputs, attempt, logs));
    const outputs =
      given.wait && !given.wait.completeWithOutputs ? {} : large.keep({ node, run }, given.outputs, signal);
    // most outputs are small, and small runs shall not wait for anything
    return {
      result: { ...given, outputs: outputs instanceof Promise ? await outputs : outputs },
      logs: withoutSecrets(logs, ports),
      inputs,
    };
  } catch (thrown) {
    const { scrub } = ports.services.credentials;
    return { thrown: scrub ? scrubError(thrown, scrub) : thrown, logs: withoutSecrets(logs, ports), inputs };
  } finally {
    giveBack?.();
  }
}

const withoutSecrets = (logs: LogLine[], { services }: RunPorts): LogLine[] => {
  const { scrub } = services.credentials;
  return scrub ? logs.map((line) => ({ ...line, message: scrub(line.message) })) : logs;
};

async function execute(
  setup: RunSetup,
  state: ExecutionState,
  ports: RunPorts,
  entry: GraphNode,
  inputs: PortItems,
  attempt: Attempt,
  logs: LogLine[],
): Promise<NodeResult> {
  attempt.signal.throwIfAborted();
  const executor = ports.catalog.executor(entry.node.type, entry.node.version);
  if (!executor)
    throw new NodeError('config', `There is nothing to run for the node type “${entry.node.type}”.`);
  const context = new NodeContext(setup, state, ports, entry, inputs, attempt, logs);
  const result = await abortable(executor.execute(context), attempt.signal);
  const { settings } = entry.node;
  const alwaysOn = settings.alwaysOutput && !result.wait ? (entry.outputs[0]?.name ?? null) : null;
  return { ...result, outputs: leave(result.outputs, inputs, alwaysOn) };
}

/** Items that flow on when a node failed and its setting lets the execution go on; null when it must stop. */
export function outputsAfterFailure(entry: GraphNode, inputs: PortItems, thrown: unknown): PortItems | null {
  const { onError } = entry.node.settings;
  if (onError === 'stop') return null;
  const { message } = toNodeErrorData(thrown);
  const items = Object.values(inputs)[0] ?? [];
  const first = entry.outputs[0]?.name;
  if (onError === 'pass') return first === undefined ? {} : { [first]: items };
  const isOne = entry.spec.takesTogether?.(entry.node.parameters) ?? false;
  const withError = isOne
    ? items.slice(0, 1).map(() => ({ json: { error: message }, source: sourceAt(0) }))
    : items.map((item, index) => ({ json: { ...item.json, error: message }, source: sourceAt(index) }));
  const port = onError === 'error-port' ? ERROR_PORT : first;
  return port === undefined
    ? {}
    : { [port]: withError.length > 0 ? withError : [{ json: { error: message } }] };
}

function inputsFor(
  setup: RunSetup,
  state: ExecutionState,
  entry: GraphNode,
  { run, large }: Attempt,
): PortItems {
  const found = deliveredItems(state, entry.node.id, run, large.items);
  if (found.length === 0) return { main: setup.triggerItems };
  const first = entry.inputs[0]?.name;
  // a node that was made to run although nothing reached it starts from one empty item
  const sources = Object.values(state.nodes[entry.node.id]![run]!.sources);
  const isForced = sources.every((deliveries) => deliveries.length === 0);
  if (isForced && first === undefined) return { main: [EMPTY_ITEM] };
  const inputs: PortItems = {};
  for (const { name } of entry.inputs) {
    const given = found.find(({ port }) => port === name)?.items ?? [];
    const items = isForced && name === first ? [EMPTY_ITEM] : given;
    inputs[name] = enter(entry.node.settings.executeOnce ? items.slice(0, 1) : items, name, name === first);
  }
  return inputs;
}

/** Disabled and pinned nodes do not execute. */
function passThrough(setup: RunSetup, entry: GraphNode, inputs: PortItems): NodeResult | null {
  const port = entry.outputs[0]?.name;
  if (entry.node.disabled)
    return { outputs: port === undefined ? {} : { [port]: Object.values(inputs)[0] ?? [] } };
  const pinned = setup.pinned[entry.node.id];
  return pinned && port !== undefined ? { outputs: { [port]: pinned } } : null;
}

/** A node that does not listen to its signal is left behind when the signal fires. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
