import { DateTime, Duration, Interval } from 'luxon';
import { isPlainObject } from './values.ts';

/** Dates as ISO text, wherever they are inside, and large integers as text: parameters are JSON. Returns the same value when there are none. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval)
    return value.toISO();
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (ArrayBuffer.isView(value) && 'length' in value)
    return Array.from(value as unknown as ArrayLike<unknown>);
  if (Array.isArray(value)) {
    const copy = value.map(plainValue);
    return copy.some((element, i) => element !== value[i]) ? copy : value;
  }
  if (!isPlainObject(value)) return {};
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const element = plainValue(value[key]);
    if (element === value[key]) continue;
    copy ??= { ...value };
    copy[key] = element;
  }
  return copy ?? value;
}
