import { parse as parseYaml } from 'yaml';
import { NodeError } from '#engine/errors.ts';
import type { VALUE_TYPES } from './fields.ts';
import { copyJson, isPlain } from './paths.ts';

export type ValueType = (typeof VALUE_TYPES)[number];

/** Where a value is going, for the message. */
export interface Place {
  name: string;
  /** Path of the parameter. */
  field: string;
  itemIndex?: number;
}

const WORDS: Record<ValueType, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'yes or no (true/false)',
  array: 'a list',
  object: 'an object',
  any: 'a value',
};

/** The value as this type; null and undefined become null. Throws NodeError(config) that names the field. */
export function coerce(value: unknown, type: ValueType, place: Place): unknown {
  const result = tryCoerce(value, type);
  if (result !== undefined) return result;
  throw new NodeError('config', `Field “${place.name}” must be ${WORDS[type]}, but got ${shorten(value)}.`, {
    field: place.field,
    itemIndex: place.itemIndex,
    detail:
      'Change the type of the field, or switch on the option that keeps values that do not fit their type.',
  });
}

/** undefined where the value does not fit. */
export function tryCoerce(raw: unknown, type: ValueType): unknown {
  const value = copyJson(raw);
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'any':
      return value;
    case 'string':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'number':
      return toNumber(value);
    case 'boolean':
      return toBoolean(value);
    case 'array':
      return Array.isArray(value) ? value : fromText(value, Array.isArray);
    case 'object':
      return isPlain(value) ? value : fromText(value, isPlain);
  }
}

function toNumber(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === '' || (typeof text !== 'string' && typeof text !== 'number')) return undefined;
  const number = Number(text);
  return number === 1 ? true : number === 0 ? false : undefined;
}

/** JSON, or what people write as JSON: `{a: 1, 'b': 2}`, which is YAML's flow style. */
function fromText<T>(value: unknown, fits: (parsed: unknown) => parsed is T): T | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return fits(parsed) ? parsed : undefined;
  } catch {
    return fromLooseText(value, fits);
  }
}

function fromLooseText<T>(text: string, fits: (parsed: unknown) => parsed is T): T | undefined {
  try {
    const parsed: unknown = parseYaml(text, { maxAliasCount: 0 });
    return fits(parsed) ? parsed : undefined;
  } catch {
    return undefined; // not readable: the caller says so in its own words
  }
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
