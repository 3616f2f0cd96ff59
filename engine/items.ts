import type { Item, ItemSource, PortItems } from './item.ts';

/** Sources are equal for all nodes and executions, and frozen: one of each is enough for most lists. */
const sources: ItemSource[] = [];
const MAX_SHARED = 2 ** 17;

/** `{item: index}`, which is the source of most items. */
export function sourceAt(index: number): ItemSource {
  if (index >= MAX_SHARED) return { item: index };
  for (let next = sources.length; next <= index; next++) sources.push(Object.freeze({ item: next }));
  return sources[index]!;
}

/**
 * Items as a node gets them: each says which input item it is, so that a node that hands an item on unchanged keeps the
 * trail. Copies the wrapper only; json and files are shared and must not be mutated.
 */
export function enter(items: readonly Item[], port: string, isFirstPort: boolean): Item[] {
  return items.map((item, index) => {
    const source = isFirstPort ? sourceAt(index) : { item: index, port };
    return item.files ? { json: item.json, files: item.files, source } : { json: item.json, source };
  });
}

/**
 * Completes what a node returned: every item gets a source where it is certain (one input item; or as many items out as
 * in on a single port), and `alwaysOutput` puts an empty item on an empty first output. Rules of N8N's paired items.
 */
export function leave(outputs: PortItems, inputs: PortItems, alwaysOutputOn: string | null): PortItems {
  const ports = Object.values(inputs);
  const inCount = ports.reduce((n, items) => n + items.length, 0);
  const produced = Object.values(outputs).filter((items) => items.length > 0);
  const single = ports.length === 1 && produced.length === 1 && produced[0]!.length === inCount;
  const result: PortItems = {};
  for (const [port, items] of Object.entries(outputs)) {
    result[port] = items.some((i) => i.source === undefined)
      ? items.map((item, index) =>
          item.source !== undefined ? item : withSource(item, index, inCount, single, items.length),
        )
      : items;
  }
  if (alwaysOutputOn !== null && (result[alwaysOutputOn]?.length ?? 0) === 0) {
    result[alwaysOutputOn] = [{ json: {}, source: (ports[0] ?? []).map((_, item) => sourceAt(item)) }];
  }
  return result;
}

function withSource(item: Item, index: number, inCount: number, single: boolean, outCount: number): Item {
  if (inCount === 1 || (single && outCount === 1)) return { ...item, source: sourceAt(0) };
  if (single) return { ...item, source: sourceAt(index) };
  return outCount === 1 && inCount > 0 ? { ...item, source: sourceAt(0) } : item;
}
