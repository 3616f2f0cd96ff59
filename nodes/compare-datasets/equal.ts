import { isDeepStrictEqual } from 'node:util';
import { isPlain } from '../paths.ts';

export interface EqualRule {
  /** "3" equals 3, "true" equals true, and all empty values are equal. */
  fuzzy: boolean;
  /** A field that is missing differs from one that is empty, even loosely. */
  strictMissing: boolean;
}

export function isEqual(a: unknown, b: unknown, rule: EqualRule): boolean {
  if (a === b) return true;
  const both = typeof a === 'object' && typeof b === 'object';
  if (both && isDeepStrictEqual(a, b)) return true;
  if (!rule.fuzzy) return false;
  if (rule.strictMissing && (a === undefined || b === undefined)) return false;
  if (isEmpty(a) && isEmpty(b)) return true;
  if (isEmpty(a) || isEmpty(b)) return isEmpty(read(a, b)) && isEmpty(read(b, a));
  return isDeepStrictEqual(read(a, b), read(b, a)) || isSameSwitch(a, b);
}

/** Text for comparison with something that is not text: what it says as JSON, in small letters for true and false. */
function read(value: unknown, other: unknown): unknown {
  if (typeof value !== 'string' || typeof other === 'string') return value;
  const text = value.trim();
  try {
    return JSON.parse(/^(?:true|false)$/i.test(text) ? text.toLowerCase() : text);
  } catch {
    return value; // not JSON: it stays the text that it is
  }
}

/** 1 and "1" count as true, 0 and "0" as false. */
function isSameSwitch(a: unknown, b: unknown): boolean {
  const [flag, other] = typeof a === 'boolean' ? [a, b] : [b, a];
  if (typeof flag !== 'boolean' || (typeof other !== 'number' && typeof other !== 'string')) return false;
  return String(other).trim() === (flag ? '1' : '0');
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isPlain(value) && Object.keys(value).length === 0);
