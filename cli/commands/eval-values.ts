import { DateTime, Duration, Interval } from 'luxon';

/** Values that JSON has no form for, as single-key objects: `{"$date": iso}`, `{"$undefined": true}` … */
export function encodeValue(value: unknown): unknown {
  if (value === undefined) return { $undefined: true };
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'bigint') return { $bigint: String(value) };
  if (typeof value === 'symbol') return { $symbol: value.description };
  if (typeof value === 'function') return { $function: value.name };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date)
    return { $date: Number.isNaN(value.getTime()) ? 'Invalid' : value.toISOString() };
  if (value instanceof DateTime) return { $luxon: value.toISO(), zone: value.zoneName };
  if (value instanceof Duration) return { $duration: value.toISO() };
  if (value instanceof Interval) return { $interval: value.toISO() };
  if (value instanceof Map)
    return { $map: [...value].map(([key, field]) => [encodeValue(key), encodeValue(field)]) };
  if (value instanceof Set) return { $set: [...value].map(encodeValue) };
  if (value instanceof Error) return { $error: { name: value.name, message: value.message } };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(encodeValue);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, encodeValue(field)]));
}

function encodeNumber(value: number): unknown {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $number: Object.is(value, -0) ? '-0' : String(value) };
}

/** The inverse, for items and data that a line brings. */
export function decodeValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decodeValue);
  const fields = value as Record<string, unknown>;
  if (fields.$undefined === true) return undefined;
  if (typeof fields.$number === 'string') return Number(fields.$number);
  if (typeof fields.$bigint === 'string') return BigInt(fields.$bigint);
  if (typeof fields.$date === 'string') return new Date(fields.$date);
  if (typeof fields.$luxon === 'string') {
    return DateTime.fromISO(
      fields.$luxon,
      typeof fields.zone === 'string' ? { zone: fields.zone } : { setZone: true },
    );
  }
  if (Array.isArray(fields.$set)) return new Set(fields.$set.map(decodeValue));
  if (typeof fields.$function === 'string') return undefined;
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, decodeValue(field)]));
}
