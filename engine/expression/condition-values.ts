import { DateTime } from 'luxon';
import type { ConditionType } from './condition-operators.ts';
import { isPlainObject } from './values.ts';

/** A value as an operator of that type compares it, or why it cannot be. */
export type Converted = { value: unknown } | { message: string };
export const isConverted = (result: Converted): result is { value: unknown } => 'value' in result;

const fail = Symbol('fail');

/** Strict: the value must have the type. Loose: it is converted where its meaning is certain. Nothing stays nothing. */
export function convertValue(
  value: unknown,
  type: ConditionType,
  loose: boolean,
  timezone: string,
): Converted {
  if (value === undefined || value === null) return { value };
  const given = matches(value, type, timezone);
  if (given !== fail) return { value: given };
  const article = type === 'array' || type === 'object' ? `an ${type}` : `a ${type}`;
  const shown = display(value);
  if (!loose) {
    return {
      message: `Wrong type: '${shown}' is ${withArticle(typeName(value))} but was expecting ${article}`,
    };
  }
  if (type !== 'string' && typeof value === 'string' && value.trim() === '') return { value: undefined };
  const converted = CONVERSIONS[type](value, timezone);
  if (converted !== fail) return { value: converted };
  return { message: `Conversion error: the ${typeName(value)} '${shown}' can't be converted to ${article}` };
}

export function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date || DateTime.isDateTime(value)) return 'dateTime';
  return typeof value;
}

const withArticle = (name: string): string => (/^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`);

function display(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** The value itself when it has the type; dates as ms. */
function matches(value: unknown, type: ConditionType, timezone: string): unknown {
  switch (type) {
    case 'array':
      return Array.isArray(value) ? value : fail;
    case 'object':
      return isPlainObject(value) ? value : fail;
    case 'dateTime':
      return typeof value === 'number' || typeof value === 'boolean' ? fail : instant(value, timezone);
    default:
      return typeof value === type ? value : fail;
  }
}

function instant(value: unknown, timezone: string): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? fail : value.getTime();
  if (DateTime.isDateTime(value)) return value.isValid ? value.toMillis() : fail;
  if (typeof value === 'number') return Number.isFinite(value) ? value : fail;
  if (typeof value !== 'string' || value.length > 200) return fail;
  const text = value.trim();
  for (const read of [DateTime.fromISO, DateTime.fromHTTP, DateTime.fromRFC2822, DateTime.fromSQL]) {
    const date = read(text, { zone: timezone });
    if (date.isValid) return date.toMillis();
  }
  return fail;
}

const parsed = (value: unknown, is: (result: unknown) => boolean): unknown => {
  if (typeof value !== 'string') return fail;
  try {
    const result: unknown = JSON.parse(value);
    return is(result) ? result : fail;
  } catch {
    return fail; // not JSON: the caller reports the value
  }
};

const CONVERSIONS: Record<ConditionType, (value: unknown, timezone: string) => unknown> = {
  string: (value) => {
    if (value instanceof Date) return value.toISOString();
    if (DateTime.isDateTime(value)) return value.toISO();
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  },
  number: (value) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    const number = typeof value === 'string' ? Number(value) : Number.NaN;
    return Number.isNaN(number) ? fail : number;
  },
  boolean: (value) => {
    if (typeof value === 'string' && /^\s*(?:true|false)\s*$/i.test(value))
      return value.trim().toLowerCase() === 'true';
    const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
    return number === 1 ? true : number === 0 ? false : fail;
  },
  dateTime: instant,
  array: (value) => parsed(value, Array.isArray),
  object: (value) => parsed(value, isPlainObject),
};
