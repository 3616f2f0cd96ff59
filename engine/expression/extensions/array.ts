import { toKey } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { stringify } from '../natives/json.ts';
import { isPlainObject, type NativeCall, table } from '../values.ts';
import { isEmptyValue } from './empty.ts';
import { containsValue, distinct, sameValue } from './equal.ts';
import { average, maximum, minimum, sum } from './numbers.ts';
import { compactObject } from './object.ts';

const list = (self: unknown): unknown[] => self as unknown[];
const other = (value: unknown, name: string): unknown[] => {
  if (Array.isArray(value)) return value;
  throw new ExpressionError(`${name}() needs an array`);
};

const field = (value: unknown, key: string): unknown =>
  isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** `unique('a', 'b')` compares only these fields. */
function unique(ctx: Context, self: unknown, keys: readonly unknown[]): unknown[] {
  if (keys.length === 0) return distinct(ctx, list(self));
  const names = keys.map((key) => toKey(ctx, key));
  const kept: { value: unknown; part: unknown[] }[] = [];
  for (const value of list(self)) {
    const part = names.map((name) => field(value, name));
    if (!kept.some((seen) => sameValue(ctx, seen.part, part))) kept.push({ value, part });
  }
  return kept.map(({ value }) => value);
}

function pluck(ctx: Context, self: unknown, keys: readonly unknown[]): unknown[] {
  if (keys.length === 0) return list(self);
  const names = keys.map((key) => toKey(ctx, key));
  ctx.grow(list(self).length * names.length);
  const picked = list(self)
    .filter(isPlainObject)
    .map((value) => names.filter((name) => Object.hasOwn(value, name)).map((name) => value[name]));
  if (names.length === 1) return picked.flat();
  return picked;
}

function chunk(ctx: Context, self: unknown, [size]: readonly unknown[]): unknown[][] {
  if (typeof size !== 'number' || !(size >= 1))
    throw new ExpressionError('chunk() needs a size of at least 1');
  const values = list(self);
  const step = Math.trunc(size);
  const chunks: unknown[][] = [];
  for (let i = 0; i < values.length; i += step) {
    ctx.grow(step < values.length ? step + 1 : values.length);
    chunks.push(values.slice(i, i + step));
  }
  return chunks;
}

function renameKeys(ctx: Context, self: unknown, names: readonly unknown[]): unknown[] {
  if (names.length === 0 || names.length % 2 !== 0) {
    throw new ExpressionError('renameKeys() needs pairs of names: from1, to1, from2, to2, …');
  }
  const renamed = new Map<string, string>();
  for (let i = 0; i < names.length; i += 2) renamed.set(toKey(ctx, names[i]), toKey(ctx, names[i + 1]));
  return list(self).map((value) => {
    if (!isPlainObject(value)) return value;
    const fields = Object.entries(value);
    ctx.grow(fields.length);
    return Object.fromEntries(fields.map(([key, content]) => [renamed.get(key) ?? key, content]));
  });
}

function smartJoin(
  ctx: Context,
  self: unknown,
  [keyName, valueName]: readonly unknown[],
): Record<string, unknown> {
  if (typeof keyName !== 'string' || typeof valueName !== 'string' || keyName === '' || valueName === '') {
    throw new ExpressionError("smartJoin() needs two names: smartJoin('name', 'value')");
  }
  const result: Record<string, unknown> = {};
  for (const value of list(self)) {
    ctx.grow(1);
    if (isPlainObject(value) && Object.hasOwn(value, keyName) && Object.hasOwn(value, valueName)) {
      result[toKey(ctx, value[keyName])] = value[valueName];
    }
  }
  return result;
}

/** One object of all objects of both arrays; the first to have a field wins. */
function merge(ctx: Context, self: unknown, [second]: readonly unknown[]): Record<string, unknown> {
  const all = second === undefined ? list(self) : [...list(self), ...other(second, 'merge')];
  const result: Record<string, unknown> = {};
  for (const value of all) {
    if (!isPlainObject(value)) continue;
    for (const [key, content] of Object.entries(value)) {
      ctx.grow(1);
      if (!Object.hasOwn(result, key)) result[toKey(ctx, key)] = content;
    }
  }
  return result;
}

const nothing: NativeCall = () => undefined;

export const arrayExtensions: Record<string, NativeCall> = table<NativeCall>({
  first: (_ctx, self) => list(self)[0],
  last: (_ctx, self) => list(self).at(-1),
  randomItem: (ctx, self) => list(self)[Math.floor(ctx.scope.random() * list(self).length)],
  sum: (ctx, self) => sum(ctx, list(self)),
  min: (ctx, self) => minimum(ctx, [list(self)]),
  max: (ctx, self) => maximum(ctx, [list(self)]),
  average: (ctx, self) => average(ctx, [list(self)]),
  isEmpty: (_ctx, self) => list(self).length === 0,
  isNotEmpty: (_ctx, self) => list(self).length > 0,
  unique,
  removeDuplicates: unique,
  pluck,
  compact: (ctx, self) =>
    list(self)
      .filter((value) => !isEmptyValue(value) && value !== 'nil')
      .map((value) => (isPlainObject(value) ? compactObject(ctx, value) : value)),
  chunk,
  renameKeys,
  smartJoin,
  merge,
  union: (ctx, self, [second]) => distinct(ctx, [...list(self), ...other(second, 'union')]),
  difference: (ctx, self, [second]) =>
    list(self).filter((value) => !containsValue(ctx, other(second, 'difference'), value)),
  intersection: (ctx, self, [second]) =>
    distinct(
      ctx,
      list(self).filter((value) => containsValue(ctx, other(second, 'intersection'), value)),
    ),
  append: (ctx, self, args) => {
    ctx.grow(list(self).length + args.length);
    return [...list(self), ...args];
  },
  toJsonString: (ctx, self) => stringify(ctx, [self]),
  toInt: nothing,
  toFloat: nothing,
  toBoolean: nothing,
  toDateTime: nothing,
});
