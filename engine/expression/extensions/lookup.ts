import { DateTime } from 'luxon';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { isPlainObject, type NativeCall } from '../values.ts';
import { arrayExtensions } from './array.ts';
import { booleanExtensions } from './boolean.ts';
import { dateExtensions } from './date.ts';
import { numberExtensions } from './number.ts';
import { objectExtensions } from './object.ts';
import { stringExtensions } from './string.ts';

/** Methods that values get in expressions beyond JavaScript's own, by the type of the value. */
export const EXTENSIONS = {
  array: arrayExtensions,
  boolean: booleanExtensions,
  date: dateExtensions,
  number: numberExtensions,
  object: objectExtensions,
  string: stringExtensions,
} as const;
export type ExtendedType = keyof typeof EXTENSIONS;

const names: ReadonlySet<string> = new Set(
  Object.values(EXTENSIONS).flatMap((methods) => Object.keys(methods)),
);
export const isExtensionName = (name: string): boolean => names.has(name);

export function extensionFor(_ctx: Context, value: unknown, name: string): NativeCall | undefined {
  const type = extendedType(value);
  if (type === 'string') {
    if (
      name in dateExtensions &&
      name !== 'toDate' &&
      name !== 'toDateTime' &&
      isIsoInstant(value as string)
    ) {
      return dateExtensions[name];
    }
    return stringExtensions[name];
  }
  if (type !== undefined) {
    const method = EXTENSIONS[type][name];
    if (method !== undefined) return method;
  }
  if (name === 'isEmpty' && (value === undefined || value === null)) return () => true;
  if (name === 'isNotEmpty' && (value === undefined || value === null)) return () => false;
  return undefined;
}

function extendedType(value: unknown): ExtendedType | undefined {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value === null) return undefined;
      if (Array.isArray(value)) return 'array';
      if (value instanceof Date || value instanceof DateTime) return 'date';
      return isPlainObject(value) ? 'object' : undefined;
    default:
      return undefined;
  }
}

/** Text that is exactly what a JavaScript date writes of itself counts as a date. */
function isIsoInstant(text: string): boolean {
  if (text.length !== 24 || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/** The method exists, but not for this type of value. */
export function misuse(name: string, value: unknown): ExpressionError {
  if (value === undefined || value === null) {
    return new ExpressionError(`${name}() can't be used on ${value === null ? 'null' : 'undefined'} value`);
  }
  const types = (Object.keys(EXTENSIONS) as ExtendedType[]).filter((type) => name in EXTENSIONS[type]);
  const list = types.map((type) => `"${type}"`).join(', ');
  return new ExpressionError(`${name}() is only callable on type${types.length > 1 ? 's' : ''} ${list}`);
}
