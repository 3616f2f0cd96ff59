import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { getPath, isPlain, nameList } from '../paths.ts';

export type Cell = string | number | boolean | null;

export interface TableOptions {
  headerRow?: boolean;
  /** Comma-separated; empty: every field that any item has. */
  columns?: string;
  nested?: 'columns' | 'json';
}

const MAX_COLUMNS = 16_384;
/** Deeper values become JSON text. */
const MAX_DEPTH = 20;

/**
 * All items as rows of the same columns, names first. The columns have to be known before the first row, so the items are
 * gone through twice. `pause` is awaited between items. Throws NodeError(limit).
 */
export async function* tableRows(
  items: readonly Item[],
  options: TableOptions,
  pause: () => Promise<void>,
): AsyncGenerator<Cell[]> {
  const nested = options.nested ?? 'columns';
  const chosen = nameList(options.columns);
  const columns = chosen.length > 0 ? chosen : await columnsOf(items, nested, pause);
  if (columns.length > MAX_COLUMNS)
    throw new NodeError(
      'limit',
      `The table would have ${columns.length} columns; at most ${MAX_COLUMNS} are possible.`,
      {
        detail: 'Name the columns, or keep objects and lists as JSON.',
      },
    );
  if (options.headerRow ?? true) yield columns;
  for (const { json } of items) {
    await pause();
    const flat = chosen.length > 0 ? json : flatten(json, nested);
    yield columns.map((name) => toCell(chosen.length > 0 ? getPath(json, name) : flat[name]));
  }
}

async function columnsOf(items: readonly Item[], nested: 'columns' | 'json', pause: () => Promise<void>) {
  const names = new Set<string>();
  for (const { json } of items) {
    await pause();
    for (const name of Object.keys(flatten(json, nested))) names.add(name);
  }
  return [...names];
}

function flatten(json: JsonObject, nested: 'columns' | 'json'): JsonObject {
  if (nested === 'json') return json;
  const flat: JsonObject = Object.create(null);
  const visit = (value: unknown, name: string, depth: number) => {
    if ((isPlain(value) || Array.isArray(value)) && depth < MAX_DEPTH)
      for (const [key, inner] of Object.entries(value))
        visit(inner, name === '' ? key : `${name}.${key}`, depth + 1);
    else flat[name] = value;
  };
  visit(json, '', 0);
  return flat;
}

function toCell(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = JSON.stringify(value) ?? '';
  // dates are objects whose JSON is a text
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}
