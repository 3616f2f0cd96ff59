import { DateTime } from 'luxon';

type Fields = Record<string, unknown>;

/**
 * The first place where two values differ, in words; null when they are equal. Both may hold the encodings of values that
 * JSON lacks (`{"$date": …}`), and the expected one matchers (`{"$match": …}`). An undefined property equals an absent one.
 */
export function difference(expected: unknown, actual: unknown, at = ''): string | null {
  if (isUndefined(expected)) return isUndefined(actual) ? null : unequal(expected, actual, at);
  if (isObject(expected)) {
    const special = specialDifference(expected, actual, at);
    if (special !== undefined) return special;
  }
  if (Array.isArray(expected)) return listDifference(expected, actual, at);
  if (!isObject(expected)) return Object.is(expected, actual) ? null : unequal(expected, actual, at);
  if (!isObject(actual) || encodingOf(actual) !== undefined) return unequal(expected, actual, at);
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const found = difference(expected[key], actual[key], `${at}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isUndefined = (value: unknown): boolean =>
  value === undefined || (isObject(value) && value.$undefined === true);

function listDifference(expected: unknown[], actual: unknown, at: string): string | null {
  if (!Array.isArray(actual)) return unequal(expected, actual, at);
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    if (i >= expected.length || i >= actual.length)
      return `${at || 'value'}: ${expected.length} elements expected, ${actual.length} found`;
    const found = difference(expected[i], actual[i], `${at}[${i}]`);
    if (found !== null) return found;
  }
  return null;
}

const ENCODINGS = [
  '$date',
  '$luxon',
  '$duration',
  '$interval',
  '$number',
  '$bigint',
  '$map',
  '$set',
  '$error',
];
const encodingOf = (value: Fields): string | undefined =>
  ENCODINGS.find((name) => Object.hasOwn(value, name)) ??
  (['$function', '$regex', '$bytes', '$symbol'] as const).find((name) => Object.hasOwn(value, name));

/** undefined: the expected value is a plain object after all. */
function specialDifference(expected: Fields, actual: unknown, at: string): string | null | undefined {
  if (typeof expected.$match === 'string')
    return matches(expected.$match, expected.value, actual) ? null : unequal(expected, actual, at);
  const kind = encodingOf(expected);
  if (kind === undefined) return undefined;
  const equal = isObject(actual) ? sameEncoded(kind, expected, actual) : sameAsJson(kind, expected, actual);
  return equal ? null : unequal(expected, actual, at);
}

function sameEncoded(kind: string, expected: Fields, actual: Fields): boolean {
  if (encodingOf(actual) !== kind) return false;
  if (kind === '$luxon') {
    const time = (value: Fields) => DateTime.fromISO(String(value.$luxon), { setZone: true });
    const zones = expected.zone === undefined || expected.zone === actual.zone;
    return zones && time(expected).toMillis() === time(actual).toMillis();
  }
  if (kind === '$error') return true;
  return JSON.stringify(expected[kind]) === JSON.stringify(actual[kind]);
}

/** In items such values are what JSON makes of them. */
function sameAsJson(kind: string, expected: Fields, actual: unknown): boolean {
  if (kind === '$number') return actual === null || (expected.$number === '-0' && actual === 0);
  if (kind === '$date' || kind === '$luxon') return actual === expected[kind];
  return false;
}

function matches(kind: string, value: unknown, actual: unknown): boolean {
  switch (kind) {
    case 'anything':
      return actual !== null && !isUndefined(actual);
    case 'any':
      return isA(typeof value === 'string' ? value : String((value as Fields | null)?.$function), actual);
    case 'stringContaining':
      return typeof actual === 'string' && actual.includes(String(value));
    case 'stringMatching':
      return typeof actual === 'string' && pattern(value).test(actual);
    case 'arrayContaining':
      return (
        Array.isArray(actual) &&
        (value as unknown[]).every((one) => actual.some((other) => difference(one, other) === null))
      );
    case 'objectContaining':
      return (
        isObject(actual) &&
        Object.entries(value as Fields).every(([key, one]) => difference(one, actual[key]) === null)
      );
    default:
      return false;
  }
}

export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A recorded regular expression, or text that must occur. */
export function pattern(value: unknown): RegExp {
  if (isObject(value) && typeof value.$regex === 'string')
    return new RegExp(value.$regex, typeof value.flags === 'string' ? value.flags : '');
  return new RegExp(escaped(String(value)));
}

const TYPES: Record<string, string> = {
  Date: '$date',
  ClockDate: '$date',
  DateTime: '$luxon',
  Duration: '$duration',
  Interval: '$interval',
  Map: '$map',
  Set: '$set',
  Error: '$error',
};

/** Whether an encoded value is one of that class. */
export function isA(name: string, actual: unknown): boolean {
  const key = TYPES[name];
  if (key !== undefined) return isObject(actual) && Object.hasOwn(actual, key);
  if (name === 'Array') return Array.isArray(actual);
  if (name === 'Object') return isObject(actual);
  if (name === 'Function') return isObject(actual) && '$function' in actual;
  return typeof actual === name.toLowerCase();
}

const unequal = (expected: unknown, actual: unknown, at: string): string =>
  `${at === '' ? 'value' : at.replace(/^\./, '')}: expected ${short(expected)}, found ${short(actual)}`;

export function short(value: unknown, length = 160): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
