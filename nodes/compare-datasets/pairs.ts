import type { Item, JsonObject } from '#engine/item.ts';
import { canonical } from '../canonical.ts';
import { getPath } from '../paths.ts';

/** An item with its place in its input. */
export interface Placed {
  item: Item;
  index: number;
}
export interface Pairs {
  pairs: { a: Placed; b: Placed }[];
  onlyA: Placed[];
  onlyB: Placed[];
}
export interface PairRule {
  fieldsA: string[];
  fieldsB: string[];
  dots: boolean;
  fuzzy: boolean;
  /** Only the first item of B that matches is compared; else each. */
  firstOnly: boolean;
}

/** Finds which items of A and B belong together, by a table of keys: linear, not every one with every one. */
export function pairUp(itemsA: Item[], itemsB: Item[], rule: PairRule): Pairs {
  const table = new Map<string, Placed[]>();
  for (const [index, item] of itemsB.entries()) {
    const key = keyOf(item.json, rule.fieldsB, rule);
    if (key === undefined) continue;
    const list = table.get(key);
    if (list) list.push({ item, index });
    else table.set(key, [{ item, index }]);
  }
  const found = new Set<number>();
  const result: Pairs = { pairs: [], onlyA: [], onlyB: [] };
  for (const [index, item] of itemsA.entries()) {
    const key = keyOf(item.json, rule.fieldsA, rule);
    const all = key === undefined ? undefined : table.get(key);
    const partners = rule.firstOnly ? all?.slice(0, 1) : all;
    if (!partners) result.onlyA.push({ item, index });
    for (const b of partners ?? []) {
      found.add(b.index);
      result.pairs.push({ a: { item, index }, b });
    }
  }
  for (const [index, item] of itemsB.entries()) if (!found.has(index)) result.onlyB.push({ item, index });
  return result;
}

/** undefined where a field is missing: what is not there matches nothing. */
function keyOf(json: JsonObject, fields: string[], rule: PairRule): string | undefined {
  const values: unknown[] = [];
  for (const name of fields) {
    const value = getPath(json, name, rule.dots);
    if (value === undefined) return undefined;
    values.push(rule.fuzzy ? loosely(value) : value);
  }
  return canonical(values);
}

function loosely(value: unknown): unknown {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return null;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
