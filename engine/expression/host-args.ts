import { toPrimitive } from './coerce.ts';
import type { Context } from './context.ts';
import { isLuxon, isPlainObject } from './values.ts';

/**
 * Arguments as they may reach Intl and luxon: primitives, dates, and one level of arrays and option objects.
 * Anything deeper would be converted inside the host, out of reach of the budget.
 */
export const hostArgs = (ctx: Context, args: readonly unknown[]): unknown[] =>
  args.map((arg) => {
    if (Array.isArray(arg)) {
      ctx.step(arg.length);
      return arg.map((element) => flatArg(ctx, element));
    }
    return isPlainObject(arg) ? hostOptions(ctx, arg) : flatArg(ctx, arg);
  });

/** Options of Intl and luxon: a copy whose values are primitives. */
export function hostOptions(ctx: Context, value: unknown): Record<string, unknown> {
  if (!isPlainObject(value)) return {};
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    ctx.step();
    const element = flatArg(ctx, value[key]);
    if (key !== '__proto__' && element !== undefined) copy[key] = element;
  }
  return copy;
}

/** en-US unless stated: the machine's own locale must not show. */
export function hostLocale(ctx: Context, value: unknown): string | string[] {
  if (Array.isArray(value)) return value.slice(0, 20).map((element) => String(flatArg(ctx, element)));
  return typeof value === 'string' && value !== '' ? value : 'en-US';
}

function flatArg(ctx: Context, value: unknown): unknown {
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  return isLuxon(value) || value instanceof Date ? value : toPrimitive(ctx, value);
}
