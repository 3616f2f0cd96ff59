import { toNumber } from '../coerce.ts';
import type { Context } from '../context.ts';
import { limitError } from '../failures.ts';
import { asCallback, isPlainObject, Native, table } from '../values.ts';
import { iterate } from './collections.ts';

const MAX_LENGTH = 5_000_000;

function make(ctx: Context, args: readonly unknown[]): unknown[] {
  const [length] = args;
  if (args.length !== 1 || typeof length !== 'number') {
    ctx.grow(args.length);
    return [...args];
  }
  return empty(ctx, length);
}

/** Filled with undefined instead of holes: nothing that walks it later is surprised. */
function empty(ctx: Context, length: number): unknown[] {
  if (!Number.isInteger(length) || length < 0) throw new RangeError('Invalid array length');
  if (length > MAX_LENGTH) throw limitError('makes too much data');
  ctx.grow(length);
  return Array.from({ length }, () => undefined);
}

function from(ctx: Context, [source, mapper]: readonly unknown[]): unknown[] {
  const isLength = isPlainObject(source) && Object.hasOwn(source, 'length');
  const values = isLength
    ? Array.from(empty(ctx, Math.max(0, Math.trunc(toNumber(ctx, source.length)) || 0)), (_value, i) =>
        Object.hasOwn(source, i) ? source[i] : undefined,
      )
    : isPlainObject(source)
      ? []
      : iterate(ctx, source);
  ctx.grow(values.length);
  if (mapper === undefined) return [...values];
  const callback = asCallback(ctx, mapper);
  return values.map((value, index) => callback(value, index));
}

export const arrayGlobal = new Native('Array', (ctx, _self, args) => make(ctx, args), {
  construct: make,
  statics: table<unknown>({
    isArray: new Native('isArray', (_ctx, _self, [value]) => Array.isArray(value)),
    of: new Native('of', (ctx, _self, args) => {
      ctx.grow(args.length);
      return [...args];
    }),
    from: new Native('from', (ctx, _self, args) => from(ctx, args)),
  }),
});
