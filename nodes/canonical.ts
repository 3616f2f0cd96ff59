/**
 * A text that is the same for values that are equal: JSON with the keys of objects in order, so `1` and `"1"` differ and
 * the order of fields does not count.
 */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(canonicalElement).join()}]`;
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return JSON.stringify(value);
  const fields = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] !== undefined) text += `${JSON.stringify(key)}:${canonical(fields[key])},`;
  }
  return `${text}}`;
}

const canonicalElement = (value: unknown) => (value === undefined ? 'null' : canonical(value));
