import type { Breather } from './breather.ts';
import { NodeError, toNodeErrorData } from './errors.ts';
import type { LogLine } from './events.ts';
import type { ExpressionScope, NodeView, RunView } from './expression/scope.ts';
import { type CompiledValue, compileTemplate, compileValue } from './expression/template.ts';
import { ERROR_PORT, type Graph, type GraphNode } from './graph.ts';
import { EMPTY_ITEM, type Item, type JsonObject, type Outputs, type PortItems } from './item.ts';
import { enter, leave, sourceAt } from './items.ts';
import type { LargeOutputs } from './large-outputs.ts';
import { loopContext, loopScope } from './loop-scope.ts';
import type { ExecuteContext, NodeResult, Woken } from './node.ts';
import type { RunPorts } from './ports.ts';
import { nodesMentioned } from './reach.ts';
import { deliveredItems, type ExecutionState } from './state.ts';

/** What stays the same for all node runs of one execution. */
export interface RunSetup {
  graph: Graph;
  execution: ExecuteContext['execution'];
  workflow: { id: string; name: string; active: boolean };
  triggerItems: Item[];
  /** Items that stand in for a node's output, by node id (manual runs). */
  pinned: Record<string, Item[]>;
  vars: JsonObject;
  env: Record<string, string>;
  /** Addresses at which this execution can be called while it waits. */
  links?: { resume: string; approval(nodeId: string, run: number): string };
}

export interface Attempt {
  nodeId: string;
  run: number;
  attempt: number;
  loopStart: number | undefined;
  /** Set when it is executed again after a wait. */
  woken?: Woken;
  signal: AbortSignal;
  breather: Breather;
  large: LargeOutputs;
}

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
      logs,
      inputs,
    };
  } catch (thrown) {
    return { thrown, logs, inputs };
  } finally {
    giveBack?.();
  }
}

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
  const context = createContext(setup, state, ports, entry, inputs, attempt, logs);
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
  const withError = items.map((item, index) => ({
    json: { ...item.json, error: message },
    source: sourceAt(index),
  }));
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

function createContext(
  setup: RunSetup,
  state: ExecutionState,
  ports: RunPorts,
  entry: GraphNode,
  inputs: PortItems,
  { run, attempt, loopStart, woken, signal, breather, large }: Attempt,
  logs: LogLine[],
): ExecuteContext {
  const { node } = entry;
  const { settings } = setup.graph.workflow;
  const items = inputs[entry.inputs[0]?.name ?? 'main'] ?? [];
  const compiled = parametersOf(entry);
  const scope = createScope(setup, state, entry, inputs, run, ports, large);
  const { services } = ports;
  const { links } = setup;
  return {
    node: { id: node.id, name: node.name, type: node.type, version: node.version, settings: node.settings },
    run,
    attempt,
    inputs,
    items,
    rawParameters: node.parameters,
    parameters: (itemIndex) => compiled.render(scope, itemIndex) as Record<string, unknown>,
    idempotencyKey: (itemIndex) => `${setup.execution.id}:${node.id}:${run}:${itemIndex}`,
    variables: (itemIndex) => variablesFor(setup, scope, entry, itemIndex),
    evaluate: (template, itemIndex, names) =>
      compileTemplate(template).render(
        names ? { ...scope, extra: { ...scope.extra, ...names } } : scope,
        itemIndex,
      ),
    ...(entry.spec.cycle === 'loop' ? { loop: loopScope(state, entry, run, loopStart ?? run, large) } : {}),
    ...woken,
    ...(links ? { approvalUrl: () => links.approval(node.id, run) } : {}),
    execution: executionOf(setup),
    workflow: { id: setup.workflow.id, name: setup.workflow.name, timezone: settings.timezone },
    services: {
      ...services,
      http: { request: (request) => services.http.request({ signal, ...request }) },
      files: {
        ...services.files,
        write: (content, about) => services.files.write(content, { signal, ...about }),
      },
    },
    signal,
    breathe: () => breather.pause()?.then(() => signal.throwIfAborted()) ?? null,
    log: (level, message) => {
      if (logs.length < MAX_LOG_LINES) logs.push({ level, message: message.slice(0, MAX_LOG_LENGTH) });
    },
  };
}

const MAX_LOG_LINES = 200;
const MAX_LOG_LENGTH = 4000;

const compiledParameters = new WeakMap<GraphNode, CompiledValue>();
function parametersOf(entry: GraphNode): CompiledValue {
  let compiled = compiledParameters.get(entry);
  if (!compiled) {
    compiled = compileValue(entry.node.parameters, { literalKeys: entry.spec.literalFields });
    compiledParameters.set(entry, compiled);
  }
  return compiled;
}

/** With the address that wakes it while it waits; made only for those who look at it. */
function executionOf({ execution, links }: RunSetup): RunSetup['execution'] {
  if (!links) return execution;
  return {
    ...execution,
    get resumeUrl() {
      return links.resume;
    },
  };
}

/** The data that expressions of one node run can reach. `runs` opens stored outputs. */
export function createScope(
  setup: RunSetup,
  state: ExecutionState,
  entry: GraphNode,
  inputs: PortItems,
  run: number,
  ports: Pick<RunPorts, 'clock' | 'random'>,
  runs: { runsOf(node: string): readonly RunView[] },
): ExpressionScope {
  const views = new Map<GraphNode, NodeView>();
  const view = (found: GraphNode | undefined): NodeView | undefined => {
    if (!found) return undefined;
    let known = views.get(found);
    if (!known) {
      known = viewOf(setup.graph, state, found, runs.runsOf(found.node.id));
      views.set(found, known);
    }
    return known;
  };
  return {
    node: view(entry)!,
    runIndex: run,
    inputs: Object.keys(inputs).length > 0 ? inputs : { main: [EMPTY_ITEM] },
    sources: state.nodes[entry.node.id]?.[run]?.sources ?? {},
    nodeByName: (name) => view(setup.graph.byName.get(name)),
    nodeById: (id) => view(setup.graph.nodes.get(id)),
    connectedPort: (from) => setup.graph.portTowards(from.id, entry.node.id),
    workflow: setup.workflow,
    execution: executionOf(setup),
    now: ports.clock.now(),
    timezone: setup.graph.workflow.settings.timezone,
    vars: setup.vars,
    env: setup.env,
    random: ports.random,
  };
}

function viewOf(graph: Graph, state: ExecutionState, entry: GraphNode, runs: readonly RunView[]): NodeView {
  const { node, outputs } = entry;
  return {
    id: node.id,
    name: node.name,
    type: node.type,
    version: node.version,
    parameters: node.parameters,
    outputPorts: outputs.map((p) => p.name),
    runs,
    get context() {
      return entry.spec.cycle === 'loop' ? loopContext(graph, state, entry) : {};
    },
  };
}

/** Outputs of other nodes are put in only where the parameters mention the node: code gets its data by value. */
function variablesFor(
  setup: RunSetup,
  scope: ExpressionScope,
  entry: GraphNode,
  itemIndex: number,
): Record<string, unknown> {
  const nodes: Record<
    string,
    { outputPorts: readonly string[]; port: string | undefined; runs: PortItems[] }
  > = {};
  for (const name of nodesMentioned(setup.graph, entry)) {
    const found = scope.nodeByName(name)!;
    nodes[name] = {
      outputPorts: found.outputPorts,
      port: scope.connectedPort(found),
      runs: found.runs.map((r) => r.outputs),
    };
  }
  return {
    $workflow: scope.workflow,
    $execution: scope.execution,
    $vars: scope.vars,
    $env: scope.env,
    $runIndex: scope.runIndex,
    $itemIndex: itemIndex,
    $now: scope.now,
    $timezone: scope.timezone,
    $nodes: nodes,
  };
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
