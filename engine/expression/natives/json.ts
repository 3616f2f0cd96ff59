import { DateTime, Duration, Interval } from 'luxon';
import { toText } from '../coerce.ts';
import { type Context, defineField } from '../context.ts';
import { fieldsOf } from '../fields.ts';
import {
  asCallback,
  invoke,
  isCallable,
  isClosure,
  isPlainObject,
  Namespace,
  Native,
  Opaque,
  table,
  View,
} from '../values.ts';

/**
 * A copy of a value that JSON.stringify can write without surprises: paid node by node, so that shared parts cannot
 * blow up the text, and without the host ever calling a method of the expression.
 */
export function jsonTree(ctx: Context, value: unknown, path: object[] = []): unknown {
  ctx.step();
  if (typeof value === 'bigint') throw new TypeError('Do not know how to serialize a BigInt');
  if (typeof value === 'string') {
    ctx.grow(value.length);
    return value;
  }
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof DateTime || value instanceof Duration) return value.toJSON();
  if (value instanceof Interval) return value.toISO();
  if (value instanceof Native) return undefined;
  if (value instanceof Opaque) return value.typeName === 'URL' ? value.toString() : {};
  if (path.includes(value)) throw new TypeError('Converting circular structure to JSON');
  if (path.length > 200) throw new RangeError('too deeply nested');
  ctx.step(4);
  path.push(value);
  let copy: unknown;
  if (Array.isArray(value)) {
    ctx.grow(value.length);
    copy = value.map((element) => jsonTree(ctx, element, path) ?? null);
  } else if (isPlainObject(value) && Object.hasOwn(value, 'toJSON') && isCallable(value.toJSON)) {
    copy = jsonTree(ctx, invoke(ctx, value.toJSON, value, []), path);
  } else if (isPlainObject(value) || value instanceof View) {
    const target: Record<string, unknown> = {};
    for (const [key, field] of fieldsOf(ctx, value)) {
      const element = jsonTree(ctx, field, path);
      ctx.grow(key.length);
      if (element !== undefined) defineField(target, key, element);
    }
    copy = target;
  } else copy = {};
  path.pop();
  return copy;
}

export function stringify(ctx: Context, [value, replacer, indent]: readonly unknown[]): string | undefined {
  const source = isCallable(replacer) ? replaced(ctx, '', value, asCallback(ctx, replacer)) : value;
  const keys = Array.isArray(replacer) ? replacer.map((key) => toText(ctx, key)) : undefined;
  const tree = jsonTree(ctx, source);
  const space =
    typeof indent === 'number'
      ? Math.min(10, indent)
      : typeof indent === 'string'
        ? indent.slice(0, 10)
        : undefined;
  const text = JSON.stringify(tree, keys, space) as string | undefined;
  ctx.grow(text?.length ?? 0);
  return text;
}

function replaced(
  ctx: Context,
  key: string,
  value: unknown,
  replacer: (...args: unknown[]) => unknown,
  depth = 0,
): unknown {
  ctx.step();
  if (depth > 500) throw new RangeError('too deeply nested');
  const result = replacer(key, value);
  if (Array.isArray(result))
    return result.map((element, i) => replaced(ctx, String(i), element, replacer, depth + 1));
  if (!isPlainObject(result)) return result;
  const target: Record<string, unknown> = {};
  for (const [name, field] of fieldsOf(ctx, result)) {
    const element = replaced(ctx, name, field, replacer, depth + 1);
    if (element !== undefined) defineField(target, name, element);
  }
  return target;
}

export function parseJson(ctx: Context, text: string): unknown {
  ctx.grow(text.length * 2);
  return JSON.parse(text);
}

function parse(ctx: Context, [value, reviver]: readonly unknown[]): unknown {
  const parsed = parseJson(ctx, toText(ctx, value));
  return isClosure(reviver) ? revived(ctx, '', parsed, reviver) : parsed;
}

function revived(
  ctx: Context,
  key: string,
  value: unknown,
  reviver: (...args: unknown[]) => unknown,
): unknown {
  ctx.step();
  let inner = value;
  if (Array.isArray(value)) inner = value.map((element, i) => revived(ctx, String(i), element, reviver));
  else if (isPlainObject(value)) {
    const target: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(value)) {
      const element = revived(ctx, name, field, reviver);
      if (element !== undefined) defineField(target, name, element);
    }
    inner = target;
  }
  return reviver(key, inner);
}

export const jsonGlobal = new Namespace(
  'JSON',
  table<unknown>({
    stringify: new Native('stringify', (ctx, _self, args) => stringify(ctx, args)),
    parse: new Native('parse', (ctx, _self, args) => parse(ctx, args)),
  }),
);
