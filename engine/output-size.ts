import { NodeError } from './errors.ts';
import type { Item, JsonObject, StoredItems } from './item.ts';

/** More may not leave a node in one run. */
export const MAX_OUTPUT_ITEMS = 1_000_000;

export const tooManyItems = (count: number): NodeError =>
  new NodeError(
    'limit',
    `The node gave ${grouped(count)} items; at most ${grouped(MAX_OUTPUT_ITEMS)} may leave a node.`,
    { detail: 'Work in batches (a loop, or a page at a time), or filter earlier.' },
  );

const grouped = (count: number): string => count.toLocaleString('en');

/**
 * About how many bytes the value has as JSON; looks no further once it is `enough`. Costs far less than writing the JSON,
 * and for small values next to nothing.
 */
export function sizeOf(value: unknown, enough: number): number {
  switch (typeof value) {
    case 'string':
      return value.length + 2;
    case 'number':
      return 8;
    case 'object':
      break;
    default:
      return 5;
  }
  if (value === null) return 4;
  let size = 2;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && size < enough; i++) size += 1 + sizeOf(value[i], enough - size);
    return size;
  }
  if ('toJSON' in value) return 30; // a date
  for (const key in value) {
    if (size >= enough) break;
    size += key.length + 4 + sizeOf((value as JsonObject)[key], enough - size);
  }
  return size;
}

const FIRST_ITEMS = 100;
const FIRST_BYTES = 64 * 1024;
const LONG_TEXT = 500;
const LONG_LIST = 50;

/** The first items for people to look at, some dozen KB at most; one that is larger than that is cut short inside. */
export function firstOf(items: readonly Item[]): Pick<StoredItems, 'first' | 'shortened'> {
  const first: Item[] = [];
  let left = FIRST_BYTES;
  for (const item of items.slice(0, FIRST_ITEMS)) {
    left -= sizeOf(item, left + 1);
    if (left < 0) break;
    first.push(item);
  }
  const [one] = items;
  if (first.length > 0 || !one) return { first };
  const { json } = one;
  return { first: [{ json: shorten(json, { bytes: FIRST_BYTES / 2 }) as JsonObject }], shortened: true };
}

function shorten(value: unknown, left: { bytes: number }): unknown {
  if (typeof value === 'string') {
    const text = value.length > LONG_TEXT ? `${value.slice(0, LONG_TEXT)}…` : value;
    left.bytes -= text.length + 2;
    return text;
  }
  left.bytes -= 8;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (let i = 0; i < value.length && i < LONG_LIST && left.bytes > 0; i++)
      list.push(shorten(value[i], left));
    return list;
  }
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (left.bytes <= 0) break;
    left.bytes -= key.length + 4;
    if (key !== '__proto__') copy[key] = shorten((value as JsonObject)[key], left);
  }
  return copy;
}
