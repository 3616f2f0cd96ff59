import { DateTime } from 'luxon';
import { isPlainObject } from '../values.ts';

/** Nothing, empty text, an array without elements, an object without fields. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Date || value instanceof DateTime) return false;
  return isPlainObject(value) && Object.keys(value).length === 0;
}
