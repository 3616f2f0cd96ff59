import { toKey, toNumber } from '../coerce.ts';
import type { Context } from '../context.ts';
import { isEmptyValue } from '../extensions/empty.ts';
import { average, maximum, minimum } from '../extensions/numbers.ts';
import { ExpressionError } from '../failures.ts';
import { callMethod } from '../members.ts';
import { Native, table } from '../values.ts';
import { query } from './jmespath.ts';

const fn = (name: string, call: (ctx: Context, args: readonly unknown[]) => unknown): Native =>
  new Native(name, (ctx, _self, args) => call(ctx, args));

function numberList(ctx: Context, [from, to]: readonly unknown[]): number[] {
  const start = toNumber(ctx, from);
  const end = toNumber(ctx, to);
  const size = Math.floor(Math.abs(end - start)) + 1;
  if (!Number.isFinite(size)) throw new ExpressionError('numberList() needs two numbers');
  ctx.grow(size);
  const step = start <= end ? 1 : -1;
  return Array.from({ length: size }, (_value, i) => start + i * step);
}

function zip(ctx: Context, [keys, values]: readonly unknown[]): Record<string, unknown> {
  if (!Array.isArray(keys) || !Array.isArray(values) || keys.length !== values.length) {
    throw new ExpressionError('zip() needs two arrays of the same length');
  }
  const result: Record<string, unknown> = {};
  keys.forEach((key, i) => {
    ctx.grow(1);
    result[toKey(ctx, key)] = values[i];
  });
  return result;
}

const isEmpty = (value: unknown): boolean => isEmptyValue(value);
const jmes = fn('$jmespath', query);
const min = fn('$min', (ctx, args) => minimum(ctx, args));
const max = fn('$max', (ctx, args) => maximum(ctx, args));
const mean = fn('$average', (ctx, args) => average(ctx, args));
const not = fn('$not', (_ctx, [value]) => !value);

/** Functions of the language itself. */
export const helperGlobals: Record<string, unknown> = table<unknown>({
  $jmespath: jmes,
  $jmesPath: jmes,
  // As a value only; `$if(…)` written as a call is compiled, so that it evaluates one branch (compile/call.ts).
  $if: fn('$if', (_ctx, [test, yes, no]) => (test ? yes : (no ?? false))),
  $ifEmpty: fn('$ifEmpty', (_ctx, args) => {
    if (args.length !== 2)
      throw new ExpressionError('$ifEmpty() needs a value and what to use when it is empty');
    return isEmpty(args[0]) ? args[1] : args[0];
  }),
  $min: min,
  $max: max,
  $average: mean,
  $not: not,
  min,
  max,
  average: mean,
  not,
  numberList: fn('numberList', numberList),
  zip: fn('zip', zip),
  extend: fn('extend', (ctx, [value, name, args]) =>
    callMethod(ctx, value, toKey(ctx, name), Array.isArray(args) ? args : []),
  ),
});
