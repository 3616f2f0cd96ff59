/** Rows of a list-like value, whatever is stored there. */
export function rowsOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.map((row) => (typeof row === 'object' && row !== null && !Array.isArray(row) ? row : {}));
}

export const replaceAt = <T>(rows: readonly T[], index: number, row: T): T[] =>
  rows.map((old, i) => (i === index ? row : old));

export const removeAt = <T>(rows: readonly T[], index: number): T[] => rows.filter((_, i) => i !== index);

export function move<T>(rows: readonly T[], from: number, to: number): T[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(to, 0, row);
  return next;
}

/** The object with one key set; `undefined` takes the key away. */
export function withKey(
  values: Record<string, unknown>,
  name: string,
  value: unknown,
): Record<string, unknown> {
  const { [name]: _old, ...rest } = values;
  if (value === undefined) return rest;
  // keeps the order of keys, so that rows do not jump
  return name in values
    ? Object.fromEntries(Object.entries(values).map(([k, v]) => [k, k === name ? value : v]))
    : { ...rest, [name]: value };
}
