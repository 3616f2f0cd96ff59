import type { GraphNode } from './graph.ts';
import type { Item } from './item.ts';
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
