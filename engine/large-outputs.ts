import { NodeError, type NodeErrorData, toNodeErrorData } from './errors.ts';
import type { EngineEvent, InputSources, NodeRunRef } from './events.ts';
import type { RunView } from './expression/scope.ts';
import type { Graph } from './graph.ts';
import { type Item, isStored, type Output, type Outputs, type PortItems } from './item.ts';
import { firstOf, MAX_OUTPUT_ITEMS, sizeOf, tooManyItems } from './output-size.ts';
import type { RunPorts } from './ports.ts';
import { outputsInReach, type StoredByNode } from './reach.ts';
import type { Schedule } from './schedule.ts';
import { deliveredTo, type ExecutionState, type NodeRun } from './state.ts';

/** A port with less than this part of what stays in the journal stays there, whatever the other ports have. */
const SMALL_PART = 1 / 16;

interface Held {
  items: Item[];
  borrowed: number;
}

/**
 * The large outputs of one execution: events and state hold references, the items are here while a run needs them, and in
 * the store. An execution without large outputs pays for a look at the size of each output, and for nothing else.
 */
export class LargeOutputs {
  private readonly ports: RunPorts;
  private readonly executionId: string;
  private readonly state: ExecutionState;
  private readonly schedule: Schedule;
  /** By key: items that a run which has not ended may need. */
  private readonly held = new Map<string, Held>();
  /** Others are still there until the memory is needed. */
  private readonly once = new Map<string, WeakRef<Item[]>>();
  private readonly loading = new Map<string, Promise<Item[]>>();
  /** Inputs of the runs that have started and not ended. */
  private readonly active = new Map<string, InputSources>();
  /** All references of this execution, by node. */
  private readonly stored: StoredByNode = new Map();

  constructor(ports: RunPorts, executionId: string, state: ExecutionState, schedule: Schedule) {
    this.ports = ports;
    this.executionId = executionId;
    this.state = state;
    this.schedule = schedule;
  }

  /** Folds one event in place. */
  observe(event: EngineEvent): void {
    if (event.type === 'node.started') this.active.set(keyOf(event), event.sources);
    else if (event.type === 'node.completed' || event.type === 'node.failed')
      this.active.delete(keyOf(event));
    if (event.type === 'node.completed' || event.type === 'node.failed') this.note(event, event.outputs);
  }

  /** Whether there is any reference in this execution. */
  get any(): boolean {
    return this.stored.size > 0;
  }

  /**
   * What the run gave, as events and state hold it: small outputs as they are, large ones as references to the store,
   * which has them when this resolves. Rejects with NodeError(limit) for more than can be stored.
   */
  keep(run: NodeRunRef, outputs: PortItems, signal: AbortSignal): Outputs | Promise<Outputs> {
    const enough = this.ports.outputs?.inlineBytes ?? 0;
    let size = 0;
    let count = 0;
    const large: string[] = [];
    for (const port in outputs) {
      const items = outputs[port]!;
      count += items.length;
      if (items.length === 0 || !this.ports.outputs) continue;
      const bytes = sizeOf(items, enough + 1);
      if (bytes > enough * SMALL_PART) large.push(port);
      size += bytes;
    }
    if (count > MAX_OUTPUT_ITEMS) throw tooManyItems(count);
    return size > enough ? this.store(run, outputs, large, signal) : outputs;
  }

  /** What flows on after a failure. Where that cannot be kept nothing does, and this is the failure. */
  async keepAfter(
    error: NodeErrorData,
    run: NodeRunRef,
    outputs: PortItems,
    signal: AbortSignal,
  ): Promise<{ outputs: Outputs | null; error: NodeErrorData }> {
    try {
      return { outputs: await this.keep(run, outputs, signal), error };
    } catch (thrown) {
      return { outputs: null, error: toNodeErrorData(thrown) };
    }
  }

  /** Items of an output. Stored ones must have been borrowed. */
  items = (output: Output): Item[] => {
    if (!isStored(output)) return output;
    const held = this.held.get(output.stored);
    if (held) return held.items;
    throw new NodeError('config', 'The items of an earlier node are not at hand.', {
      detail: "Write the name of the node into the expression: $('Name').",
    });
  };

  /** The runs of a node as expressions see them: stored outputs are opened when they are read. */
  runsOf(node: string): readonly RunView[] {
    const runs = this.state.nodes[node] ?? [];
    return this.stored.has(node)
      ? runs.map((run) => openedRun(run, this.items))
      : (runs as readonly RunView[]);
  }

  /** Borrows what a run gets, and what its expressions can reach. Null: nothing of it is stored. */
  borrowFor(graph: Graph, node: string, run: number, loopStart: number): Promise<() => void> | null {
    if (!this.any) return null;
    const entry = graph.nodes.get(node)!;
    const entered = entry.spec.cycle === 'loop' ? deliveredTo(this.state, node, loopStart) : [];
    const reached = outputsInReach(graph, this.state, entry, run, this.stored);
    return this.borrow([...deliveredTo(this.state, node, run), ...entered, ...reached]);
  }

  /** Loads what is needed and not in memory, and holds it until it is given back. Null: nothing of it is stored. */
  borrow(outputs: readonly Output[]): Promise<() => void> | null {
    const stored = outputs.filter(isStored);
    return stored.length === 0 ? null : this.lend([...new Set(stored.map((output) => output.stored))]);
  }

  /** Lets go of the items that no run that is pending or active gets as its input. */
  release(): void {
    if (this.held.size === 0) return;
    const needed = new Set<string>();
    for (const sources of this.wanted()) {
      for (const { node, run, port } of Object.values(sources).flat()) {
        const output = this.state.nodes[node]?.[run]?.outputs[port];
        if (output && isStored(output)) needed.add(output.stored);
      }
    }
    for (const [key, held] of this.held) if (held.borrowed === 0 && !needed.has(key)) this.held.delete(key);
  }

  private *wanted(): Generator<InputSources> {
    yield* this.active.values();
    for (const list of [this.schedule.ready, this.schedule.joining, this.schedule.held])
      for (const pending of list) yield pending.sources;
    // what entered a loop is handed out bit by bit, until nothing is left of it
    for (const [node, start] of this.schedule.loopStart) {
      const runs = this.state.nodes[node] ?? [];
      if ((runs.at(-1)?.outputs.done?.length ?? 0) === 0) yield runs[start]?.sources ?? {};
    }
  }

  private async store(
    { node, run }: NodeRunRef,
    outputs: PortItems,
    large: readonly string[],
    signal: AbortSignal,
  ): Promise<Outputs> {
    const store = this.ports.outputs!;
    let left = store.maxBytes;
    const kept: Outputs = { ...outputs };
    for (const port of large) {
      const items = outputs[port]!;
      // what a worker that lost the execution still writes must not get in the way of the one that has it now
      const unique = this.ports.random().toString(36).slice(2, 12);
      const key = `executions/${this.executionId}/${plain(node)}-${run}-${plain(port)}-${unique}`;
      const bytes = await store.put(key, items, { maxBytes: left, signal });
      left -= bytes;
      this.hold(key, items);
      kept[port] = { stored: key, length: items.length, bytes, ...firstOf(items) };
    }
    return kept;
  }

  private async lend(keys: readonly string[]): Promise<() => void> {
    const lent: Held[] = [];
    const giveBack = () => {
      for (const held of lent.splice(0)) held.borrowed--;
    };
    try {
      for (const key of keys) {
        const at = this.held.get(key)?.items ?? this.once.get(key)?.deref() ?? (await this.load(key));
        const held = this.held.get(key) ?? this.hold(key, at);
        held.borrowed++;
        lent.push(held);
      }
    } catch (error) {
      giveBack();
      throw error;
    }
    return giveBack;
  }

  private hold(key: string, items: Item[]): Held {
    const held = { items, borrowed: 0 };
    this.held.set(key, held);
    this.once.set(key, new WeakRef(items));
    return held;
  }

  private note({ node, run }: NodeRunRef, outputs: Outputs = {}): void {
    for (const port in outputs) {
      const output = outputs[port]!;
      if (!isStored(output)) continue;
      const list = this.stored.get(node) ?? [];
      list.push({ run, port, output });
      this.stored.set(node, list);
    }
  }

  /** Two branches that need the same items load them once. */
  private load(key: string): Promise<Item[]> {
    const store = this.ports.outputs;
    if (!store) throw new NodeError('bug', 'There is no store for large outputs here.');
    const loading = this.loading.get(key) ?? store.get(key).finally(() => this.loading.delete(key));
    this.loading.set(key, loading);
    return loading;
  }
}

/** A run with its outputs opened one by one, as they are read. */
export function openedRun(run: NodeRun, open: (output: Output) => Item[]): RunView {
  if (!Object.values(run.outputs).some(isStored)) return run as RunView;
  const outputs: PortItems = {};
  for (const [port, output] of Object.entries(run.outputs))
    Object.defineProperty(outputs, port, { get: () => open(output), enumerable: true });
  return { outputs, sources: run.sources };
}

const keyOf = ({ node, run }: NodeRunRef): string => `${node}#${run}`;

/** Safe as part of a file name on every system. */
const plain = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 40);
