import { DateTime } from 'luxon';
import type { Context } from '../context.ts';
import { isPlainObject } from '../values.ts';

/** Same content: how unique, union, difference and intersection compare. */
export function sameValue(ctx: Context, a: unknown, b: unknown, depth = 0): boolean {
  ctx.step();
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (depth > 100 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((value, i) => sameValue(ctx, value, b[i], depth + 1))
    );
  }
  if (a instanceof DateTime || a instanceof Date) {
    return (b instanceof DateTime || b instanceof Date) && a.valueOf() === b.valueOf();
  }
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(ctx, a[key], b[key], depth + 1))
  );
}

/** Without repetitions, the first of each kept. Texts and numbers go through a set: no quadratic time for them. */
export function distinct(ctx: Context, values: readonly unknown[]): unknown[] {
  const simple = new Set<unknown>();
  const objects: unknown[] = [];
  return values.filter((value) => {
    if (typeof value !== 'object' || value === null) {
      ctx.step();
      if (simple.has(value)) return false;
      simple.add(value);
      return true;
    }
    if (objects.some((other) => sameValue(ctx, other, value))) return false;
    objects.push(value);
    return true;
  });
}

export function containsValue(ctx: Context, values: readonly unknown[], value: unknown): boolean {
  return values.some((other) => sameValue(ctx, other, value));
}
