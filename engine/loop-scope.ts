import type { Graph, GraphNode } from './graph.ts';
import type { Item, JsonObject } from './item.ts';
import type { LargeOutputs } from './large-outputs.ts';
import type { LoopScope } from './node.ts';
import { deliveredItems, deliveredTo, type ExecutionState } from './state.ts';

/**
 * What one run of a loop node knows of the pass it belongs to. The items say in which run of the loop they came in, since
 * they may leave by a later one: so the trail of an item goes round the body and not back into it.
 */
export function loopScope(
  state: ExecutionState,
  { node }: GraphNode,
  run: number,
  start: number,
  large: LargeOutputs,
): LoopScope {
  const itemsOf = (r: number): Item[] => {
    const arrived = deliveredItems(state, node.id, r, large.items)[0]?.items ?? [];
    const items = node.settings.executeOnce ? arrived.slice(0, 1) : arrived;
    return items.map((item, index) => ({ ...item, source: { item: index, run: r } }));
  };
  return {
    get entered() {
      return remembered(state, node.id, start, itemsOf);
    },
    iteration: run - start,
    returned: async () => {
      const all: Item[] = [];
      for (let r = start + 1; r <= run; r++) {
        const giveBack = large.any ? await large.borrow(deliveredTo(state, node.id, r)) : null;
        for (const item of itemsOf(r)) all.push(item);
        giveBack?.();
      }
      kept.get(state)?.delete(node.id); // this pass is over
      return all;
    },
  };
}

/**
 * `$('Loop').context`, in the names that n8n workflows use: how far the last pass is. A pass begins with the last run that
 * got items from outside of the body.
 */
export function loopContext(graph: Graph, state: ExecutionState, { node }: GraphNode): JsonObject {
  const runs = state.nodes[node.id] ?? [];
  const body = graph.loopBody(node.id);
  const enters = ({ sources }: (typeof runs)[number]) =>
    restarts(node.parameters.options) ||
    !Object.values(sources).some((list) => list.some((from) => body.has(from.node)));
  const start = Math.max(0, runs.findLastIndex(enters));
  const pass = runs.slice(start);
  const entered = lengthOf(deliveredTo(state, node.id, start));
  const batches = pass.map(({ outputs }) => outputs.loop?.length ?? 0);
  const handedOut = batches.reduce((sum, length) => sum + length, 0);
  return {
    currentRunIndex: Math.max(0, pass.length - 1),
    maxRunIndex: batches[0] ? Math.ceil(entered / batches[0]) : 0,
    noItemsLeft: runs.length > 0 && handedOut >= entered,
    done: pass.length > 0 && batches.at(-1) === 0,
  };
}

const lengthOf = (outputs: readonly { length: number }[]): number =>
  outputs.reduce((sum, { length }) => sum + length, 0);

/** With this option every run is the first of a pass. */
const restarts = (options: unknown): boolean =>
  typeof options === 'object' && options !== null && 'reset' in options && options.reset === true;

/** A loop of 10,000 passes asks 10,000 times for the same 10,000 items; those of its current pass are kept. */
const kept = new WeakMap<ExecutionState, Map<string, { start: number; items: Item[] }>>();

function remembered(
  state: ExecutionState,
  node: string,
  start: number,
  itemsOf: (run: number) => Item[],
): Item[] {
  const loops = kept.get(state) ?? new Map<string, { start: number; items: Item[] }>();
  kept.set(state, loops);
  let found = loops.get(node);
  if (found?.start !== start) {
    found = { start, items: itemsOf(start) };
    loops.set(node, found);
  }
  return found.items;
}
