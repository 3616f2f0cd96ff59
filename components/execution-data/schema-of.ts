/** One field of items, as found in real data. */
export interface SchemaField {
  key: string | number;
  path: readonly (string | number)[];
  /** `string`, `number`, …, several joined by ` | `. */
  type: string;
  sample: unknown;
  children: SchemaField[];
}

const MAX_ITEMS = 50;
const MAX_FIELDS = 200;
const MAX_DEPTH = 6;

/** The fields of these objects with their types and a sample; looks at the first 50 only, since it runs in the browser. */
export function schemaOf(values: readonly unknown[], path: readonly (string | number)[] = []): SchemaField[] {
  if (path.length >= MAX_DEPTH) return [];
  const found = new Map<string, unknown[]>();
  for (const value of values.slice(0, MAX_ITEMS)) {
    if (!isRecord(value)) continue;
    for (const [key, inner] of Object.entries(value)) {
      const list = found.get(key);
      if (list) list.push(inner);
      else if (found.size < MAX_FIELDS) found.set(key, [inner]);
    }
  }
  return [...found].map(([key, inner]) => fieldOf(key, inner, [...path, key]));
}

function fieldOf(key: string | number, values: unknown[], path: readonly (string | number)[]): SchemaField {
  const lists = values.filter(Array.isArray);
  const rows = lists.flatMap((list) => (list as unknown[]).slice(0, 3));
  const inner =
    lists.length > 0 && rows.some(isRecord) ? schemaOf(rows, [...path, 0]) : schemaOf(values, path);
  const types = [...new Set(values.map(typeName))].filter((t, _i, all) => t !== 'null' || all.length === 1);
  return {
    key,
    path,
    type: types.join(' | '),
    sample: values.find((v) => v !== null && v !== '' && v !== undefined) ?? values[0],
    children: inner,
  };
}

export const typeName = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : Array.isArray(value)
      ? 'list'
      : typeof value === 'object'
        ? 'object'
        : typeof value;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value on one line. */
export function oneLine(value: unknown, max = 80): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return clip(value, max);
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[${value.length}] ${clip(safeJson(value.slice(0, 4)), max)}`;
  return clip(safeJson(value), max);
}

// long before JSON.stringify would become slow
const safeJson = (value: unknown): string =>
  isRecord(value) && Object.keys(value).length > 60
    ? `{${Object.keys(value).length} fields}`
    : (JSON.stringify(value) ?? '');
const clip = (text: string, max: number) => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** The items that hold a text anywhere, with their place in the full list. */
export function matching<T extends { json: unknown }>(
  items: readonly T[],
  query: string,
): { item: T; index: number }[] {
  const wanted = query.trim().toLowerCase();
  const all = items.map((item, index) => ({ item, index }));
  return wanted === '' ? all : all.filter(({ item }) => holds(item.json, wanted, 0));
}

function holds(value: unknown, wanted: string, depth: number): boolean {
  if (value === null || value === undefined || depth > MAX_DEPTH) return false;
  if (typeof value !== 'object') return String(value).toLowerCase().includes(wanted);
  return Object.entries(value).some(
    ([k, v]) => k.toLowerCase().includes(wanted) || holds(v, wanted, depth + 1),
  );
}
