import { DateTime } from 'luxon';
import type { ExecutionMode } from '#engine/node.ts';

/**
 * Whether a start counts as an execution of the plan. What people try out in the editor, what an execution starts itself and
 * what repairs a failed one does not (docs/billing.md).
 */
const COUNTS: Readonly<Record<ExecutionMode, boolean>> = {
  webhook: true, // forms and chats too
  schedule: true,
  email: true,
  api: true,
  manual: false,
  'sub-workflow': false,
  error: false,
  retry: false,
};
export const counts = (mode: ExecutionMode): boolean => COUNTS[mode];
export const COUNTED_MODES = Object.keys(COUNTS).filter((mode) => COUNTS[mode as ExecutionMode]);

export interface Month {
  startsAt: Date;
  /** The first moment that is not in it. */
  endsAt: Date;
}

/**
 * The month of usage that `now` is in. Months begin on the anchor's day and time, in UTC; where a month has no such day, on
 * its last one, and on the right day again the month after: January 31, February 28, March 31. Stripe counts its periods so too.
 */
export function monthOf(anchor: Date, now: Date): Month {
  const start = DateTime.fromJSDate(anchor, { zone: 'utc' });
  const at = (months: number) => start.plus({ months }).toJSDate();
  let months = Math.floor(DateTime.fromJSDate(now, { zone: 'utc' }).diff(start, 'months').months);
  while (at(months) > now) months--;
  while (at(months + 1) <= now) months++;
  return { startsAt: at(months), endsAt: at(months + 1) };
}

/** In the first hours of a month a forecast is a guess. */
const MIN_FORECAST_MS = 12 * 3_600_000;

/** What will have been used at the end if it goes on like this; null when it is too early to say. */
export function forecast({ startsAt, endsAt }: Month, used: number, now: Date): number | null {
  const gone = now.getTime() - startsAt.getTime();
  if (gone < MIN_FORECAST_MS) return null;
  return Math.max(used, Math.round((used * (endsAt.getTime() - startsAt.getTime())) / gone));
}
