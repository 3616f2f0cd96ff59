import { Cron } from 'croner';
import { DateTime } from 'luxon';
import type { InputOf } from '../fields.ts';
import { isPlain } from '../paths.ts';
import type { scheduleTrigger } from './definition.ts';

type Rule = InputOf<(typeof scheduleTrigger)['operations']['default']['fields']>['rules'][number];

/**
 * When a schedule is due. `everyNth` thins out what cron cannot say (“every third day”): of the cron's times only those
 * count that fall into a day, week or month whose number since 1970, in the workflow's zone, is a multiple of `count`.
 */
export type CronRule =
  | { cron: string; everyNth?: { unit: 'days' | 'weeks' | 'months'; count: number } }
  | { everyMs: number }
  | { at: string };

export const MIN_INTERVAL_SECONDS = 10;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The rules of a schedule trigger's parameters, as written (they hold no templates). Rows without meaning are left out. */
export function toCronRules(parameters: Record<string, unknown>): CronRule[] {
  const { rules = [{}] } = parameters; // left out: the one rule that a new node begins with
  const rows = Array.isArray(rules) ? rules.filter(isPlain) : [];
  return rows.flatMap((row) => toCronRule(row as Partial<Rule>) ?? []);
}

function toCronRule(row: Partial<Rule>): CronRule | undefined {
  if (row.mode === 'cron') return row.cron?.trim() ? { cron: row.cron.trim() } : undefined;
  if (row.mode === 'once') return row.at?.trim() ? { at: row.at.trim() } : undefined;
  const every = Math.max(1, Math.floor(Number(row.every ?? 1)) || 1);
  const minute = clamp(row.minute, 0, 59, 0);
  const hour = clamp(row.hour, 0, 23, 0);
  switch (row.unit ?? 'days') {
    case 'seconds': {
      const seconds = Math.max(MIN_INTERVAL_SECONDS, every);
      return 60 % seconds === 0 ? { cron: `*/${seconds} * * * * *` } : { everyMs: seconds * 1000 };
    }
    case 'minutes':
      return 60 % every === 0
        ? { cron: every === 60 ? '0 * * * *' : `*/${every} * * * *` }
        : { everyMs: every * 60_000 };
    case 'hours':
      return 24 % every === 0 ? { cron: `${minute} */${every} * * *` } : { everyMs: every * 3_600_000 };
    case 'days':
      return nth(`${minute} ${hour} * * *`, 'days', every);
    case 'weeks':
      return nth(`${minute} ${hour} * * ${weekdays(row.weekdays)}`, 'weeks', every);
    case 'months':
      return nth(`${minute} ${hour} ${clamp(row.dayOfMonth, 1, 31, 1)} * *`, 'months', every);
  }
}

const nth = (cron: string, unit: 'days' | 'weeks' | 'months', count: number): CronRule =>
  count === 1 ? { cron } : { cron, everyNth: { unit, count } };

/** `mon, wed` or `1,3` as cron numbers; Monday when nothing can be read. */
function weekdays(text: string | undefined): string {
  const numbers = (text ?? 'mon').split(/[\s,]+/).flatMap((word) => {
    const number = /^[0-7]$/.test(word) ? Number(word) % 7 : DAYS.indexOf(word.slice(0, 3).toLowerCase());
    return number < 0 ? [] : [number];
  });
  return numbers.length > 0 ? [...new Set(numbers)].sort().join(',') : '1';
}

function clamp(value: unknown, min: number, max: number, fallback: number): number {
  const number = Number(value ?? fallback);
  return Number.isInteger(number) ? Math.min(max, Math.max(min, number)) : fallback;
}

/**
 * The first time (ms) after `after` at which this rule is due, or null when there is none. Intervals count from 1970, so
 * that every process finds the same times. Throws for a cron expression that cannot be read.
 */
export function nextTime(rule: CronRule, after: number, timezone: string): number | null {
  if ('everyMs' in rule) return (Math.floor(after / rule.everyMs) + 1) * rule.everyMs;
  if ('at' in rule) {
    const at = DateTime.fromISO(rule.at, { zone: timezone });
    return at.isValid && at.toMillis() > after ? at.toMillis() : null;
  }
  const cron = new Cron(rule.cron, { timezone, paused: true });
  let time = cron.nextRun(new Date(after));
  for (let tries = 0; time && tries < 1000; tries++) {
    if (isDue(rule, time.getTime(), timezone)) return time.getTime();
    time = cron.nextRun(time);
  }
  return null;
}

function isDue({ everyNth }: Extract<CronRule, { cron: string }>, time: number, timezone: string): boolean {
  if (!everyNth) return true;
  const local = DateTime.fromMillis(time, { zone: timezone });
  const day = Math.floor(Date.UTC(local.year, local.month - 1, local.day) / 86_400_000);
  // 1970-01-05 was the first Monday.
  const number = {
    days: day,
    weeks: Math.floor((day - 4) / 7),
    months: (local.year - 1970) * 12 + local.month - 1,
  }[everyNth.unit];
  return number % everyNth.count === 0;
}
