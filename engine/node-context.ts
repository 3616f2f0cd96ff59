import type { Breather } from './breather.ts';
import { chosenCredential, type OpenedCredential } from './credentials.ts';
import type { LogLine } from './events.ts';
import type { ExpressionScope } from './expression/scope.ts';
import { type CompiledValue, compileTemplate, compileValue } from './expression/template.ts';
import type { GraphNode } from './graph.ts';
import type { Item, JsonObject, PortItems } from './item.ts';
import type { LargeOutputs } from './large-outputs.ts';
import { loopScope } from './loop-scope.ts';
import type { ExecuteContext, HttpDoor, LoopScope, NodeServices, RunCall, Woken } from './node.ts';
import { createScope } from './node-scope.ts';
import type { RunPorts } from './ports.ts';
import { nodesMentioned } from './reach.ts';
import type { RunSetup } from './run-setup.ts';
import type { ExecutionState } from './state.ts';

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

const MAX_LOG_LINES = 200;
const MAX_LOG_LENGTH = 4000;

/**
 * What one attempt of a node run gets. A class: one is made for every node run, and most nodes use little of it. Its
 * functions are bound, for nodes take them apart (`{ items, breathe }`).
 */
export class NodeContext implements ExecuteContext {
  readonly node: ExecuteContext['node'];
  readonly run: number;
  readonly attempt: number;
  readonly inputs: PortItems;
  readonly items: Item[];
  readonly signal: AbortSignal;
  declare readonly loop?: LoopScope;
  declare readonly call?: RunCall;
  declare readonly expired?: true;
  declare readonly approvalUrl?: () => string;

  private readonly setup: RunSetup;
  private readonly entry: GraphNode;
  private readonly scope: ExpressionScope;
  private readonly doors: NodeServices;
  private readonly breather: Breather;
  private readonly logs: LogLine[];
  private signalled: NodeServices | undefined;

  constructor(
    setup: RunSetup,
    state: ExecutionState,
    ports: RunPorts,
    entry: GraphNode,
    inputs: PortItems,
    { run, attempt, loopStart, woken, signal, breather, large }: Attempt,
    logs: LogLine[],
  ) {
    this.node = entry.node;
    this.run = run;
    this.attempt = attempt;
    this.inputs = inputs;
    this.items = inputs[entry.inputs[0]?.name ?? 'main'] ?? [];
    this.signal = signal;
    this.setup = setup;
    this.entry = entry;
    this.scope = createScope(setup, state, entry, inputs, run, ports, large);
    this.doors = ports.services;
    this.breather = breather;
    this.logs = logs;
    if (entry.spec.cycle === 'loop') this.loop = loopScope(state, entry, run, loopStart ?? run, large);
    if (woken?.call) this.call = woken.call;
    if (woken?.expired) this.expired = woken.expired;
    const { links } = setup;
    if (links) this.approvalUrl = () => links.approval(entry.node.id, run);
  }

  get rawParameters(): Record<string, unknown> {
    return this.entry.node.parameters;
  }

  get execution(): ExecuteContext['execution'] {
    return this.setup.execution;
  }

  get workflow(): ExecuteContext['workflow'] {
    const { id, name } = this.setup.workflow;
    return { id, name, timezone: this.setup.graph.workflow.settings.timezone };
  }

  /** What goes out ends with this run. */
  get services(): NodeServices {
    this.signalled ??= untilStopped(this.doors, this.signal, this.signing);
    return this.signalled;
  }

  readonly credential = (slot: string): Promise<OpenedCredential> =>
    this.doors.credentials.open(chosenCredential(this.entry.node, this.entry.spec, slot));

  readonly hasCredential = (slot: string): boolean =>
    Object.hasOwn(this.entry.node.credentials, slot) && this.entry.node.credentials[slot] !== '';

  private readonly signing = (slot: string): HttpDoor =>
    this.doors.credentials.signing(this.doors.http, chosenCredential(this.entry.node, this.entry.spec, slot));

  readonly parameters = (itemIndex: number): Record<string, unknown> => {
    return parametersOf(this.entry).render(this.scope, itemIndex) as Record<string, unknown>;
  };

  readonly idempotencyKey = (itemIndex: number): string => {
    return `${this.setup.execution.id}:${this.node.id}:${this.run}:${itemIndex}`;
  };

  readonly variables = (itemIndex: number): Record<string, unknown> => {
    return variablesFor(this.setup, this.scope, this.entry, itemIndex);
  };

  readonly evaluate = (template: string, itemIndex: number, names?: JsonObject): unknown => {
    const { scope } = this;
    return compileTemplate(template).render(
      names ? { ...scope, extra: { ...scope.extra, ...names } } : scope,
      itemIndex,
    );
  };

  readonly breathe = (): Promise<void> | null => {
    return this.breather.pause()?.then(() => this.signal.throwIfAborted()) ?? null;
  };

  readonly log = (level: LogLine['level'], message: string): void => {
    if (this.logs.length < MAX_LOG_LINES)
      this.logs.push({ level, message: message.slice(0, MAX_LOG_LENGTH) });
  };
}

const untilStopped = (
  doors: NodeServices,
  signal: AbortSignal,
  signing: (slot: string) => HttpDoor,
): NodeServices => ({
  ...doors,
  http: {
    request: async ({ credential, credentialId: _chosenByTheDoor, ...request }) =>
      (credential === undefined ? doors.http : signing(credential)).request({ signal, ...request }),
  },
  files: { ...doors.files, write: (content, about) => doors.files.write(content, { signal, ...about }) },
});

const compiledParameters = new WeakMap<GraphNode, CompiledValue>();
function parametersOf(entry: GraphNode): CompiledValue {
  let compiled = compiledParameters.get(entry);
  if (!compiled) {
    compiled = compileValue(entry.node.parameters, { literalKeys: entry.spec.literalFields });
    compiledParameters.set(entry, compiled);
  }
  return compiled;
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
