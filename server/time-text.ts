import { z } from 'zod';

/**
 * A time in a long list: text as `toISOString` writes it. A list of fifty has some 150 times, and to make each a Date that
 * turns itself into text again costs more than everything else that happens to such a list.
 */
export const timeTextSchema = z.string().meta({ format: 'date-time' });

/** From PostgreSQL's JSON, where a `timestamptz(3)` of a connection in UTC is `2026-01-31T23:59:59.5+00:00`. */
export function toTimeText(json: string): string {
  if (!json.endsWith(UTC)) return new Date(json).toISOString(); // a proxy before the database may keep our settings to itself
  const time = json.slice(0, -UTC.length);
  return `${(time.length === SECONDS ? `${time}.` : time).padEnd(SECONDS + 4, '0')}Z`;
}
const UTC = '+00:00';
const SECONDS = '2026-01-31T23:59:59'.length;

/** The same for a time that may be missing. */
export const toTimeTextOrNull = (json: string | null): string | null =>
  json === null ? null : toTimeText(json);
