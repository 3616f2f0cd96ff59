import { toNumber } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';

/** Numbers of a list; text counts when it is written as a number, anything else fails. */
function numbers(ctx: Context, values: readonly unknown[], name: string): number[] {
  ctx.step(values.length);
  return values.map((value) => {
    if (typeof value === 'number') return value;
    const number = typeof value === 'string' && value.trim() !== '' ? toNumber(ctx, value) : Number.NaN;
    if (Number.isNaN(number)) throw new ExpressionError(`${name}() needs numbers, but got ${typeof value}`);
    return number;
  });
}

const listOf = (values: readonly unknown[]): readonly unknown[] =>
  values.length === 1 && Array.isArray(values[0]) ? values[0] : values;

export function sum(ctx: Context, values: readonly unknown[]): number {
  return numbers(ctx, values, 'sum').reduce((total, value) => total + value, 0);
}
export function minimum(ctx: Context, values: readonly unknown[]): number {
  return numbers(ctx, listOf(values), 'min').reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
export function maximum(ctx: Context, values: readonly unknown[]): number {
  return numbers(ctx, listOf(values), 'max').reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
export function average(ctx: Context, values: readonly unknown[]): number {
  const list = listOf(values);
  return list.length === 0
    ? 0
    : numbers(ctx, list, 'average').reduce((total, value) => total + value, 0) / list.length;
}
