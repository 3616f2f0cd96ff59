import { toKey, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { stringify } from '../natives/json.ts';
import { isPlainObject, type NativeCall, table } from '../values.ts';

const object = (self: unknown): Record<string, unknown> => self as Record<string, unknown>;

/** Fields that are nothing, empty text or the word nil go, in nested objects too. */
export function compactObject(
  ctx: Context,
  value: Record<string, unknown>,
  depth = 0,
): Record<string, unknown> {
  if (depth > 200) throw new ExpressionError('compact() was given an object that is nested too deeply');
  const kept: Record<string, unknown> = {};
  for (const [key, content] of Object.entries(value)) {
    ctx.grow(1);
    if (content === null || content === undefined || content === '' || content === 'nil') continue;
    kept[toKey(ctx, key)] = isPlainObject(content) ? compactObject(ctx, content, depth + 1) : content;
  }
  return kept;
}

function filterFields(
  ctx: Context,
  self: unknown,
  needle: unknown,
  name: string,
  keep: boolean,
): Record<string, unknown> {
  if (typeof needle !== 'string' || needle === '')
    throw new ExpressionError(`${name}() needs a text that is not empty`);
  return pick(ctx, self, (_key, value) => (typeof value === 'string' && value.includes(needle)) === keep);
}

function pick(
  ctx: Context,
  self: unknown,
  test: (key: string, value: unknown) => boolean,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object(self))) {
    ctx.grow(1);
    if (test(key, value)) kept[toKey(ctx, key)] = value;
  }
  return kept;
}

function urlEncode(ctx: Context, self: unknown): string {
  const pairs = Object.entries(object(self)).map(([key, value]): [string, string] => [
    key,
    toText(ctx, value),
  ]);
  ctx.grow(pairs.reduce((sum, [key, value]) => sum + 3 * (key.length + value.length), 0));
  return new URLSearchParams(pairs).toString();
}

const nothing: NativeCall = () => undefined;

export const objectExtensions: Record<string, NativeCall> = table<NativeCall>({
  isEmpty: (_ctx, self) => Object.keys(object(self)).length === 0,
  isNotEmpty: (_ctx, self) => Object.keys(object(self)).length > 0,
  hasField: (ctx, self, [name]) => Object.hasOwn(object(self), toText(ctx, name)),
  removeField: (ctx, self, [name]) => {
    const removed = toText(ctx, name);
    return pick(ctx, self, (key) => key !== removed);
  },
  removeFieldsContaining: (ctx, self, [needle]) =>
    filterFields(ctx, self, needle, 'removeFieldsContaining', false),
  keepFieldsContaining: (ctx, self, [needle]) =>
    filterFields(ctx, self, needle, 'keepFieldsContaining', true),
  compact: (ctx, self) => compactObject(ctx, object(self)),
  urlEncode,
  keys: (_ctx, self) => Object.keys(object(self)),
  values: (_ctx, self) => Object.values(object(self)),
  toJsonString: (ctx, self) => stringify(ctx, [self]),
  toInt: nothing,
  toFloat: nothing,
  toBoolean: nothing,
  toDateTime: nothing,
});
