import type { Item, ItemSource, JsonObject } from '#engine/item.ts';
import { copyJson, isPlain } from '../paths.ts';

/** How the fields of two or more items become one object. */
export interface ClashRule {
  clash: 'last' | 'first' | 'suffix';
  /** Nested objects and lists are merged place by place. */
  deep: boolean;
  /** A null, an empty text or an empty list never replaces a value. */
  overwriteEmpty: boolean;
}

/** An item with its place: `input` counts from 0. */
export interface Placed {
  item: Item;
  input: number;
  index: number;
}

export const placed = (items: Item[], input: number): Placed[] =>
  items.map((item, index) => ({ item, input, index }));

/** One item out of several; the preferred one is laid on last, so that its fields win. */
export function combine(parts: Placed[], rule: ClashRule): Item {
  const ordered = rule.clash === 'first' ? [...parts].reverse() : parts;
  const json: JsonObject = {};
  for (const part of ordered) {
    const addition = rule.clash === 'suffix' ? suffixed(part.item.json, part.input) : part.item.json;
    layOn(json, addition, rule);
  }
  const files = Object.assign({}, ...ordered.map((part) => part.item.files ?? {})) as NonNullable<
    Item['files']
  >;
  return { json, ...(Object.keys(files).length > 0 ? { files } : {}), source: sourcesOf(parts) };
}

/** An item that found no partner: unchanged, but with the suffix of its input where the others have one. */
export function alone(part: Placed, rule: ClashRule): Item {
  const json = rule.clash === 'suffix' ? suffixed(part.item.json, part.input) : part.item.json;
  return { ...part.item, json, source: sourceOf(part) };
}

export const sourceOf = ({ index, input }: Placed): ItemSource =>
  input === 0 ? { item: index } : { item: index, port: `input${input + 1}` };

const sourcesOf = (parts: Placed[]) => (parts.length === 1 ? sourceOf(parts[0]!) : parts.map(sourceOf));

const suffixed = (json: JsonObject, input: number): JsonObject =>
  Object.fromEntries(Object.entries(json).map(([key, value]) => [`${key}_${input + 1}`, value]));

function layOn(target: JsonObject, addition: JsonObject, rule: ClashRule): void {
  for (const [key, value] of Object.entries(addition)) {
    if (key === '__proto__' || value === undefined) continue;
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (rule.overwriteEmpty && isBlank(value) && present !== undefined) continue;
    target[key] = rule.deep ? deepMerge(present, value, rule) : copyJson(value);
  }
}

function deepMerge(present: unknown, value: unknown, rule: ClashRule): unknown {
  if (isPlain(value) && isPlain(present)) {
    layOn(present, value, rule);
    return present;
  }
  if (Array.isArray(value) && Array.isArray(present)) {
    value.forEach((element, i) => {
      if (!(rule.overwriteEmpty && isBlank(element) && i in present)) {
        present[i] = deepMerge(present[i], element, rule);
      }
    });
    return present;
  }
  return copyJson(value);
}

const isBlank = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
