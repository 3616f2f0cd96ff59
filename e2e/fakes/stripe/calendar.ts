export type Interval = 'day' | 'week' | 'month' | 'year';

export interface Recurrence {
  interval: Interval;
  interval_count: number;
}

export interface Period {
  start: number;
  end: number;
}

export const DAY = 86_400;

/** The period around a time (all in Unix seconds). Counted from the anchor, so that 31 January comes back to 31 March. */
export function periodAt(anchor: number, recurrence: Recurrence, time: number): Period {
  const length = recurrence.interval_count * APPROXIMATE_DAYS[recurrence.interval] * DAY;
  let n = Math.floor((time - anchor) / length) - 1;
  while (addIntervals(anchor, recurrence, n + 1) <= time) n += 1;
  return { start: addIntervals(anchor, recurrence, n), end: addIntervals(anchor, recurrence, n + 1) };
}

/** The anchor moved by n recurrences; a day that the month does not have becomes its last day. */
export function addIntervals(anchor: number, { interval, interval_count }: Recurrence, n: number): number {
  const count = n * interval_count;
  if (interval === 'day') return anchor + count * DAY;
  if (interval === 'week') return anchor + count * 7 * DAY;
  return addMonths(anchor, interval === 'year' ? count * 12 : count);
}

/** Some months later at the same time of day (UTC). */
export function addMonths(time: number, months: number): number {
  const date = new Date(time * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() / 1000;
}

/** Longest first: the search in periodAt may start too early, never too late. */
const APPROXIMATE_DAYS: Record<Interval, number> = { day: 1, week: 7, month: 31, year: 366 };
