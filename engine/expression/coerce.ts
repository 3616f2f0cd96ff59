import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from './context.ts';
import { securityError } from './failures.ts';
import { isBlocked } from './names.ts';
import { dateText } from './natives/date-text.ts';
import { invoke, isCallable, isClosure, isPlainObject, Namespace, Native, Opaque, View } from './values.ts';

/**
 * Conversions of objects to primitives. The host's own are never used on arrays and objects: nested arrays that share
 * elements would take exponential time, so every element is paid for here.
 */
export function toPrimitive(
  ctx: Context,
  value: unknown,
  hint: 'string' | 'number' | 'default' = 'default',
): unknown {
  if (typeof value === 'function') return functionText(value.name);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return joinArray(ctx, value, ',', 0);
  if (value instanceof Date) return hint === 'number' ? value.getTime() : dateText(value);
  if (value instanceof DateTime || value instanceof Duration) {
    return hint === 'string' ? String(value) : value.valueOf();
  }
  if (value instanceof Interval) return String(value);
  if (value instanceof Error) return String(value);
  if (value instanceof Native) return functionText(value.name);
  if (value instanceof Opaque) return value.toString();
  if (value instanceof Namespace) return `[object ${value.name}]`;
  if (value instanceof View) return '[object Object]';
  if (isPlainObject(value)) return plainToPrimitive(ctx, value, hint);
  if (value instanceof Map) return '[object Map]';
  if (value instanceof Set) return '[object Set]';
  if (ArrayBuffer.isView(value) && 'length' in value) {
    return joinArray(ctx, Array.from(value as unknown as ArrayLike<unknown>), ',', 0);
  }
  return '[object Object]';
}

function plainToPrimitive(
  ctx: Context,
  value: Record<string, unknown>,
  hint: 'string' | 'number' | 'default',
): unknown {
  const order = hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString'];
  for (const name of order) {
    const own = Object.hasOwn(value, name) ? value[name] : undefined;
    if (!isCallable(own)) continue;
    const result = invoke(ctx, own, value, []);
    if (typeof result !== 'object' || result === null) return isClosure(result) ? undefined : result;
  }
  return '[object Object]';
}

const functionText = (name: string): string => `function ${name}() { [native code] }`;

const MAX_NESTING = 200;

export function joinArray(
  ctx: Context,
  array: readonly unknown[],
  separator: string,
  nesting: number,
): string {
  if (nesting > MAX_NESTING) throw new RangeError('too deeply nested');
  ctx.step(array.length);
  let cells = separator.length * array.length;
  const parts: string[] = new Array(array.length);
  for (let i = 0; i < array.length; i++) {
    const element = array[i];
    parts[i] =
      element === null || element === undefined
        ? ''
        : Array.isArray(element)
          ? joinArray(ctx, element, ',', nesting + 1)
          : toText(ctx, element);
    cells += parts[i]!.length;
  }
  ctx.grow(cells);
  return parts.join(separator);
}

/** String(value). */
export function toText(ctx: Context, value: unknown): string {
  if (typeof value === 'string') return value;
  const primitive = toPrimitive(ctx, value, 'string');
  if (typeof primitive === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return String(primitive);
}

/** Number(value). */
export function toNumber(ctx: Context, value: unknown): number {
  return typeof value === 'number' ? value : Number(toPrimitive(ctx, value, 'number'));
}

/** A property key, converted exactly once, so that what is checked is what is used. */
export function toKey(ctx: Context, value: unknown): string {
  const key =
    typeof value === 'string' ? value : typeof value === 'number' ? String(value) : toText(ctx, value);
  if (isBlocked(key)) throw securityError(key);
  return key;
}

/** Arguments for a native that wants primitives: objects become text here instead of inside the host. */
export const primitives = (ctx: Context, args: readonly unknown[]): unknown[] =>
  args.map((arg) => (typeof arg === 'object' && arg !== null ? toPrimitive(ctx, arg) : arg));
