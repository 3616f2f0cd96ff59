import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { hostArgs } from '../host-args.ts';
import { isSafeFormat } from '../safe-format.ts';
import { Native, table } from '../values.ts';
import { parseDateText } from './date-text.ts';
import { withClock } from './luxon-clock.ts';

type Host = Record<string, (...args: unknown[]) => unknown>;

const MAX_DATE_TEXT = 500;

/** Factories that are safe as they are once clock, zone and locale are the scope's. */
function statics(host: unknown, names: string): Record<string, unknown> {
  const all = table<unknown>({});
  for (const name of names.trim().split(/\s+/)) {
    all[name] = new Native(name, (ctx, _self, args) => callStatic(ctx, host as Host, name, args));
  }
  return all;
}

function callStatic(ctx: Context, host: Host, name: string, args: readonly unknown[]): unknown {
  ctx.step(10);
  const given = hostArgs(ctx, args);
  for (const arg of given) {
    if (typeof arg === 'string' && arg.length > MAX_DATE_TEXT)
      throw new TypeError('text is too long for a date');
  }
  if (/^from(?:Format|String)/.test(name)) guardFormat(String(given[1]));
  return withClock(ctx, () => Reflect.apply(host[name]!, host, given));
}

function guardFormat(format: string): void {
  if (!isSafeFormat(format)) throw new ExpressionError('The date format can be read in too many ways');
}

const PRESETS = [
  'DATE_SHORT',
  'DATE_MED',
  'DATE_MED_WITH_WEEKDAY',
  'DATE_FULL',
  'DATE_HUGE',
  'TIME_SIMPLE',
  'TIME_WITH_SECONDS',
  'TIME_WITH_SHORT_OFFSET',
  'TIME_WITH_LONG_OFFSET',
  'TIME_24_SIMPLE',
  'TIME_24_WITH_SECONDS',
  'TIME_24_WITH_SHORT_OFFSET',
  'TIME_24_WITH_LONG_OFFSET',
  'DATETIME_SHORT',
  'DATETIME_SHORT_WITH_SECONDS',
  'DATETIME_MED',
  'DATETIME_MED_WITH_SECONDS',
  'DATETIME_MED_WITH_WEEKDAY',
  'DATETIME_FULL',
  'DATETIME_FULL_WITH_SECONDS',
  'DATETIME_HUGE',
  'DATETIME_HUGE_WITH_SECONDS',
] as const;

const presets = Object.fromEntries(PRESETS.map((name) => [name, Object.freeze({ ...DateTime[name] })]));

const refuse = (name: string) => () => {
  throw new TypeError(`Class constructor ${name} cannot be invoked without 'new'`);
};

export const luxonGlobals: Record<string, unknown> = table<unknown>({
  DateTime: new Native('DateTime', refuse('DateTime'), {
    construct: (ctx) => withClock(ctx, () => DateTime.now()),
    statics: Object.assign(
      statics(
        DateTime,
        `now local utc fromJSDate fromMillis fromSeconds fromObject fromISO fromRFC2822 fromHTTP fromFormat fromString
         fromSQL invalid isDateTime min max expandFormat`,
      ),
      presets,
    ),
  }),
  Duration: new Native('Duration', refuse('Duration'), {
    statics: statics(
      Duration,
      'fromMillis fromObject fromDurationLike fromISO fromISOTime invalid isDuration',
    ),
  }),
  Interval: new Native('Interval', refuse('Interval'), {
    statics: statics(Interval, 'fromDateTimes after before fromISO isInterval merge xor invalid'),
  }),
});

/**
 * Any value that means a point in time, as DateTime; undefined when it means none. A text that states its offset keeps
 * it, everything else is in the scope's zone.
 */
export function toDateTime(ctx: Context, value: unknown): DateTime | undefined {
  if (value instanceof DateTime) return value;
  return withClock(ctx, () => {
    if (value instanceof Date) return valid(DateTime.fromJSDate(value));
    if (typeof value !== 'string' || value.length > MAX_DATE_TEXT) return undefined;
    const text = value.trim();
    return (
      valid(DateTime.fromISO(text, STATED)) ??
      valid(DateTime.fromHTTP(text, STATED)) ??
      valid(DateTime.fromRFC2822(text, STATED)) ??
      valid(DateTime.fromSQL(text, STATED)) ??
      byHost(ctx, text)
    );
  });
}

const STATED = { setZone: true } as const;

/** What only JavaScript's own lenient parser reads ("1-Feb-2024"): its fields are taken in the scope's zone. */
function byHost(ctx: Context, text: string): DateTime | undefined {
  if (!/\d/.test(text)) return undefined;
  const time = parseDateText(text);
  if (Number.isNaN(time)) return undefined;
  const zoned = /[zZ]$|UTC|GMT|:\d\d ?[+-]\d{2}:?\d{2}$/.test(text);
  const utc = DateTime.fromMillis(time, { zone: 'utc' });
  return utc.setZone(ctx.scope.timezone, { keepLocalTime: !zoned });
}

const valid = (value: DateTime): DateTime | undefined => (value.isValid ? value : undefined);

export function dateFromFormat(ctx: Context, text: string, format: string): DateTime {
  if (text.length > MAX_DATE_TEXT || format.length > MAX_DATE_TEXT)
    throw new TypeError('text is too long for a date');
  guardFormat(format);
  return withClock(ctx, () => DateTime.fromFormat(text, format));
}
