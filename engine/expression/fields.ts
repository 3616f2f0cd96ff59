import type { Context } from './context.ts';
import { isPlainObject, View } from './values.ts';

/** Own fields of a value, as spread and Object.entries see them. */
export function fieldsOf(ctx: Context, value: unknown): [string, unknown][] {
  if (value instanceof View) return value.keys.map((key) => [key, value.read(key)]);
  if (typeof value === 'string') {
    ctx.grow(value.length * 8);
    return Array.from(value, (char, index) => [String(index), char]);
  }
  if (!Array.isArray(value) && !isPlainObject(value)) return [];
  const fields = Object.entries(value);
  ctx.grow(fields.length);
  return fields;
}
