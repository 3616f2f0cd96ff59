import { defaultOf, type Field, type Fields, isBlank, VALUE_TYPES } from './fields.ts';
import { asJson } from './input-schema.ts';

/** The schema must decide: the value may need to be converted, or is wrong. */
export const UNSURE = Symbol('unsure');
type Reader = (value: unknown) => unknown;

/**
 * The short way round `inputSchema` for nodes that read their parameters once per item: values that the schema would take
 * as they are go through without it, anything else gives UNSURE. `remembered` belongs to one node run: a field that is
 * the same as for the item before is not looked at again.
 */
export type InputReader = (
  rendered: unknown,
  remembered?: Remembered,
) => Record<string, unknown> | typeof UNSURE;
export type Remembered = Map<string, { raw: unknown; value: unknown }>;

export function inputReader(fields: Fields): InputReader {
  const parts = Object.entries(fields).map(([name, spec]) => ({
    name,
    read: readerOf(spec),
    showIf: Object.entries(spec.showIf ?? {}).map(([other, some]) => ({
      other,
      some,
      fallback: defaultOf(fields[other]),
    })),
    required: spec.required ?? false,
    hidden: readerOf(spec)(undefined),
  }));
  const demanded = parts.filter((part) => part.required);
  const isShown = (part: (typeof parts)[number], values: Record<string, unknown>) => {
    for (const { other, some, fallback } of part.showIf)
      if (!some.includes(values[other] ?? fallback)) return false;
    return true;
  };
  return (rendered, remembered) => {
    if (!isObject(rendered)) return UNSURE;
    const values: Record<string, unknown> = {};
    for (const part of parts) {
      const { name, read } = part;
      const raw = rendered[name];
      const value = !isShown(part, rendered)
        ? part.hidden
        : remembered && typeof raw === 'object'
          ? recall(remembered, name, raw, read)
          : read(raw);
      if (value === UNSURE) return UNSURE;
      values[name] = value;
    }
    for (const part of demanded) if (isBlank(values[part.name]) && isShown(part, values)) return UNSURE;
    return values;
  };
}

function recall(remembered: Remembered, name: string, raw: unknown, read: Reader): unknown {
  const known = remembered.get(name);
  if (known && known.raw === raw) return known.value;
  const value = read(raw);
  remembered.set(name, { raw, value });
  return value;
}

/** One reader per kind; each takes only what its schema in input-schema.ts gives back unchanged. */
function readerOf(spec: Field): Reader {
  const fallback = defaultOf(spec);
  switch (spec.kind) {
    case 'number': {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, integer } = spec;
      return (v) => {
        const value = v === undefined ? fallback : v;
        if (value === undefined) return undefined;
        const fits = integer ? Number.isSafeInteger(value) : Number.isFinite(value);
        return fits && (value as number) >= min && (value as number) <= max ? value : UNSURE;
      };
    }
    case 'boolean':
      return (v) => (typeof v === 'boolean' ? v : v === undefined ? fallback : UNSURE);
    case 'select': {
      const values = new Set<unknown>(spec.options.map((option) => option.value));
      return (v) => {
        const value = v === undefined ? fallback : v;
        return values.has(value) ? value : UNSURE;
      };
    }
    case 'json':
      return (v) => asJson(v) ?? fallback;
    case 'list':
      return listReader(spec.fields, spec.max ?? 1000, fallback);
    case 'options':
      return optionsReader(spec.fields);
    case 'assignments':
      return readAssignments;
    case 'conditions':
      return (v) => (v === undefined || v === null ? fallback : readConditions(v));
    default:
      return (v) => (typeof v === 'string' ? v : v === undefined ? fallback : UNSURE);
  }
}

function listReader(fields: Fields, max: number, fallback: unknown): Reader {
  const read = inputReader(fields);
  return (v) => {
    const given = v === undefined ? fallback : v;
    if (!Array.isArray(given) || given.length > max) return UNSURE;
    const rows: unknown[] = [];
    for (const row of given) {
      const value = read(row);
      if (value === UNSURE) return UNSURE;
      rows.push(value);
    }
    return rows;
  };
}

function optionsReader(fields: Fields): Reader {
  const readers = Object.entries(fields).map(([name, spec]) => ({ name, read: readerOf(spec) }));
  return (v) => {
    if (v === undefined || v === null) return {};
    if (typeof v !== 'object' || Array.isArray(v)) return UNSURE;
    const values: Record<string, unknown> = {};
    for (const { name, read } of readers) {
      const raw = (v as Record<string, unknown>)[name];
      if (raw === undefined) continue;
      const value = read(raw);
      if (value === UNSURE) return UNSURE;
      values[name] = value;
    }
    return values;
  };
}

const TYPES: ReadonlySet<unknown> = new Set(VALUE_TYPES);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readAssignments(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) return UNSURE;
  for (const row of value)
    if (!isObject(row) || typeof row.name !== 'string' || !TYPES.has(row.type)) return UNSURE;
  return value;
}

function readConditions(value: unknown): unknown {
  if (!isObject(value) || !isFlag(value.ignoreCase) || !isFlag(value.loose)) return UNSURE;
  if (value.combinator !== 'and' && value.combinator !== 'or') return UNSURE;
  if (!Array.isArray(value.rows)) return UNSURE;
  for (const row of value.rows) if (!isObject(row) || typeof row.operator !== 'string') return UNSURE;
  return value;
}

const isFlag = (value: unknown) => value === undefined || typeof value === 'boolean';
