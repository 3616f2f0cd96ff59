import { isIP } from 'node:net';
import { ExpressionError } from '#engine/expression/failures.ts';
import { compileProgram, type Program } from '#engine/expression/regex/program.ts';
import { canonical } from '#nodes/canonical.ts';
import {
  type Check,
  type Compile,
  countOf,
  isObject,
  listOf,
  SchemaError,
  wrong,
} from './json-schema-parts.ts';

const TYPES: Readonly<Record<string, { words: string; fits: (value: unknown) => boolean }>> = {
  string: { words: 'a text', fits: (value) => typeof value === 'string' },
  number: { words: 'a number', fits: (value) => typeof value === 'number' },
  integer: { words: 'a whole number', fits: Number.isInteger },
  boolean: { words: 'true or false', fits: (value) => typeof value === 'boolean' },
  array: { words: 'a list', fits: Array.isArray },
  object: { words: 'an object', fits: isObject },
  null: { words: 'null', fits: (value) => value === null },
};

/** Keywords about a value itself: its kind, and how large or long it is. */
export const VALUE_CHECKS: Readonly<Record<string, Compile>> = {
  type: (value) => {
    const types = (Array.isArray(value) ? value : [value]).map((name: unknown) => {
      if (typeof name !== 'string' || !Object.hasOwn(TYPES, name))
        throw new SchemaError(`has a type that does not exist: ${JSON.stringify(name)}`);
      return TYPES[name]!;
    });
    const message = `must be ${types.map(({ words }) => words).join(' or ')}`;
    return (it, _run, place) => (types.some(({ fits }) => fits(it)) ? null : wrong(place, message));
  },
  enum: (value) => {
    const choices = listOf('enum', value).map(canonical);
    const message = `must be one of ${choices.join(', ').slice(0, 300)}`;
    const known = new Set(choices);
    return equality((text) => known.has(text), message);
  },
  const: (value) => {
    const expected = canonical(value);
    return equality((text) => text === expected, `must be ${expected.slice(0, 300)}`);
  },
  minimum: (value) => numeric('minimum', value, (it, limit) => it >= limit, 'must be at least'),
  maximum: (value) => numeric('maximum', value, (it, limit) => it <= limit, 'must be at most'),
  exclusiveMinimum: (value) =>
    numeric('exclusiveMinimum', value, (it, limit) => it > limit, 'must be more than'),
  exclusiveMaximum: (value) =>
    numeric('exclusiveMaximum', value, (it, limit) => it < limit, 'must be less than'),
  multipleOf: (value) => {
    if (typeof value !== 'number' || value <= 0)
      throw new SchemaError('has a multipleOf that is not positive');
    return numeric('multipleOf', value, isMultiple, 'must be a multiple of');
  },
  minLength: (value) => {
    const limit = countOf('minLength', value);
    return textual((text) => lengthOf(text) >= limit, `must have at least ${limit} characters`);
  },
  maxLength: (value) => {
    const limit = countOf('maxLength', value);
    return textual((text) => lengthOf(text) <= limit, `must have at most ${limit} characters`);
  },
  pattern: (value) => {
    const program = patternOf(value);
    return (it, run, place) =>
      typeof it !== 'string' || program.find(run.budget, it, 0)
        ? null
        : wrong(place, `must match ${String(value).slice(0, 200)}`);
  },
  format: (value) => {
    const format = typeof value === 'string' && Object.hasOwn(FORMATS, value) ? FORMATS[value] : undefined;
    return format ? textual(format.fits, `must be ${format.words}`) : null; // others only describe
  },
};

/** Throws SchemaError for a pattern that does not parse. */
export function patternOf(source: unknown): Program {
  if (typeof source !== 'string') throw new SchemaError('has a pattern that is no text');
  try {
    return compileProgram(source === '' ? '(?:)' : source, '');
  } catch (thrown) {
    if (thrown instanceof ExpressionError)
      throw new SchemaError(`has a pattern that does not parse: ${source}`);
    throw thrown;
  }
}

const equality =
  (fits: (text: string) => boolean, message: string): Check =>
  (it, run, place) => {
    const text = canonical(it);
    run.budget.grow(text.length);
    return fits(text) ? null : wrong(place, message);
  };

function numeric(
  keyword: string,
  limit: unknown,
  fits: (value: number, limit: number) => boolean,
  words: string,
): Check {
  if (typeof limit !== 'number') throw new SchemaError(`has a ${keyword} that is no number`);
  return (it, _run, place) =>
    typeof it !== 'number' || fits(it, limit) ? null : wrong(place, `${words} ${limit}`);
}

/** 0.3 is a multiple of 0.1 to everybody but a computer. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

const textual =
  (fits: (text: string) => boolean, message: string): Check =>
  (it, run, place) => {
    if (typeof it !== 'string') return null;
    run.budget.grow(it.length);
    return fits(it) ? null : wrong(place, message);
  };

/** Characters, not UTF-16 units. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length++;
  return length;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const isDate = (text: string): boolean => {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (!year) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** All of them take time in proportion to the text. */
const FORMATS: Readonly<Record<string, { words: string; fits: (text: string) => boolean }>> = {
  date: { words: 'a date like 2026-02-28', fits: isDate },
  time: { words: 'a time like 10:30:00Z', fits: (text) => TIME.test(text) },
  'date-time': {
    words: 'a time like 2026-02-28T10:30:00Z',
    fits: (text) => /^.{10}[t ]/i.test(text) && isDate(text.slice(0, 10)) && TIME.test(text.slice(11)),
  },
  email: {
    words: 'an e-mail address',
    fits: (text) => text.length <= 320 && /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text),
  },
  uuid: {
    words: 'a UUID',
    fits: (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text),
  },
  uri: { words: 'a web address', fits: (text) => /^[a-z][a-z\d+.-]*:/i.test(text) && URL.canParse(text) },
  ipv4: { words: 'an IPv4 address', fits: (text) => isIP(text) === 4 },
  ipv6: { words: 'an IPv6 address', fits: (text) => isIP(text) === 6 },
};
