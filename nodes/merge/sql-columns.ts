import type { JsonObject } from '#engine/item.ts';
import { isPlain } from '../paths.ts';

export interface Column {
  name: string;
  /** The key of the items, which differs from the name where two keys differ only in case. */
  key: string;
  /** A type of SQLite, which says how values compare, with marks that are read again from what a query gives. */
  type: string;
}

type Kind = 'number' | 'text' | 'boolean' | 'nested';

/** A column that holds objects or lists, as JSON. */
export const NESTED = 'JSONBLOB';
export const BOOLEAN = 'BOOLEAN';
/** Behind the type of a column in which some items say null, which is more than saying nothing. */
export const NULLS = ' KEEP';
/** The only column of a table whose items have no fields, since a table needs one. */
export const NOTHING = 'NO_FIELDS';

/**
 * The columns of a table that holds these items: every key that any of them has. A column of numbers only, or of texts
 * only, compares by value with the other kind, so that an id "7" finds the id 7.
 */
export function columnsOf(items: JsonObject[]): Column[] {
  const kinds = new Map<string, { kinds: Set<Kind>; nulls: boolean }>();
  for (const item of items) {
    for (const key of Object.keys(item)) {
      if (key === '__proto__' || item[key] === undefined) continue;
      let known = kinds.get(key);
      if (!known) kinds.set(key, (known = { kinds: new Set(), nulls: false }));
      const kind = kindOf(item[key]);
      if (kind) known.kinds.add(kind);
      else known.nulls = true;
    }
  }
  const taken = new Set<string>();
  return [...kinds].map(([key, known]) => ({
    key,
    name: freeName(key, taken),
    type: typeOf(known.kinds) + (known.nulls ? NULLS : ''),
  }));
}

/** A value as SQLite takes it. */
export function toSql(value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** A name in a statement, whatever is in it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`;

function kindOf(value: unknown): Kind | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value) || isPlain(value)) return 'nested';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
}

function typeOf(kinds: Set<Kind>): string {
  if (kinds.has('nested')) return NESTED;
  if (kinds.size !== 1) return 'BLOB';
  return kinds.has('number') ? 'NUMERIC' : kinds.has('text') ? 'TEXT' : BOOLEAN;
}

/** Names of columns are the same in small and large letters; keys are not. */
function freeName(key: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? key : `${key}_${number}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
