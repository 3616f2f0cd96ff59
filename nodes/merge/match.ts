import type { JsonObject } from '#engine/item.ts';
import { getPath, isPlain } from '../paths.ts';
import type { Placed } from './combine.ts';

export interface MatchRule {
  fields: { field1: string; field2: string }[];
  /** "3" equals 3; null, missing and empty text are the same. */
  fuzzy: boolean;
  dots: boolean;
  firstOnly: boolean;
}

export interface Matches {
  /** Every item of input 1 that found partners, with them. */
  matched: { one: Placed; partners: Placed[] }[];
  unmatched1: Placed[];
  unmatched2: Placed[];
  /** Items of input 2 that were found, in their own order. */
  matched2: Placed[];
}

/** Pairs the items of two inputs whose fields are equal, by a table of keys: linear, not every one with every one. */
export function match(input1: Placed[], input2: Placed[], rule: MatchRule): Matches {
  const table = new Map<string, Placed[]>();
  for (const part of input2) {
    const key = keyOf(
      part.item.json,
      rule.fields.map((f) => f.field2 || f.field1),
      rule,
    );
    if (key === undefined) continue;
    const list = table.get(key);
    if (list) list.push(part);
    else table.set(key, [part]);
  }
  const found = new Set<Placed>();
  const result: Matches = { matched: [], unmatched1: [], unmatched2: [], matched2: [] };
  for (const one of input1) {
    const key = keyOf(
      one.item.json,
      rule.fields.map((f) => f.field1),
      rule,
    );
    const all = key === undefined ? undefined : table.get(key);
    if (!all) {
      result.unmatched1.push(one);
      continue;
    }
    const partners = rule.firstOnly ? all.slice(0, 1) : all;
    for (const partner of partners) found.add(partner);
    result.matched.push({ one, partners });
  }
  for (const part of input2) (found.has(part) ? result.matched2 : result.unmatched2).push(part);
  return result;
}

/** undefined when a field is missing: what is not there matches nothing, unless the comparison is loose. */
function keyOf(json: JsonObject, fields: string[], rule: MatchRule): string | undefined {
  const values: unknown[] = [];
  for (const name of fields) {
    const value = getPath(json, name, rule.dots);
    if (value === undefined && !rule.fuzzy) return undefined;
    values.push(rule.fuzzy ? loosely(value) : value);
  }
  return JSON.stringify(values, sortKeys);
}

function loosely(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value) && value.length === 0) return null;
  if (isPlain(value) && Object.keys(value).length === 0) return null;
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return value;
}

const sortKeys = (_key: string, value: unknown) =>
  isPlain(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
