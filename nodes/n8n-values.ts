import { isPlain } from './paths.ts';

/** Readers of n8n's parameter shapes. They take anything and never throw: files in the wild hold odd values. */
type Values = Record<string, unknown>;

export const record = (value: unknown): Values => (isPlain(value) ? value : {});
export const text = (value: unknown, fallback = ''): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : fallback;
export const bool = (value: unknown, fallback = false): boolean =>
  typeof value === 'boolean' ? value : fallback;

/** Rows of a fixed collection: `{values: [{…}, …]}` or, where only one is allowed, `{values: {…}}`. */
export function rows(collection: unknown, group: string): Values[] {
  const value = record(collection)[group];
  if (Array.isArray(value)) return value.filter(isPlain);
  return isPlain(value) ? [value] : [];
}

/** The value of a resource locator `{__rl, mode, value}`, or of the plain parameter that it was in older versions. */
export function located(value: unknown): unknown {
  return isPlain(value) && value.__rl === true ? value.value : value;
}

/** Name and value rows, without those that have no name. */
export const pairs = (list: Values[]): { name: string; value: unknown }[] =>
  list.flatMap((row) => (text(row.name) === '' ? [] : [{ name: text(row.name), value: row.value ?? '' }]));

/** Drops keys that are undefined, so that files hold only what differs from the default. */
export const compact = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** A literal object, or the object that a JSON text holds; undefined when it is neither. */
export function jsonObject(value: unknown): Values | undefined {
  if (isPlain(value)) return value;
  if (typeof value !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isPlain(parsed) ? parsed : undefined;
  } catch {
    return undefined; // no JSON as it stands (a template makes it later): the caller decides
  }
}

/** `{fields: [{fieldName}]}` of early list nodes, the comma-separated text of later ones, or a plain list. */
export function fieldNames(value: unknown, group = 'fields', key = 'fieldName'): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.filter((name) => typeof name === 'string').join(', ');
  return rows(value, group)
    .map((row) => text(row[key]))
    .filter((name) => name !== '')
    .join(', ');
}
