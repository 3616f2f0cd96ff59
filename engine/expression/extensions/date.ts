import { DateTime, Duration, type DurationLike, type DurationUnit } from 'luxon';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { hostArgs } from '../host-args.ts';
import { toDateTime } from '../natives/luxon.ts';
import { nowOf, withClock } from '../natives/luxon-clock.ts';
import { isPlainObject, type NativeCall, table } from '../values.ts';

/** Results are of the kind they were made from: a JavaScript date, or the text of one, gives a JavaScript date. */
const likeSelf = (self: unknown, value: DateTime): DateTime | Date =>
  self instanceof DateTime ? value : value.toJSDate();

function own(ctx: Context, self: unknown): DateTime {
  const date = typeof self === 'string' ? new Date(self) : self;
  if (date instanceof Date) return withClock(ctx, () => DateTime.fromJSDate(date));
  const value = toDateTime(ctx, self);
  if (value === undefined) throw new ExpressionError('The value is not a date');
  return value;
}

function other(ctx: Context, value: unknown, name: string): DateTime {
  const date = typeof value === 'number' ? undefined : toDateTime(ctx, value);
  if (date === undefined) throw new ExpressionError(`${name}() needs a date`);
  return date;
}

const UNITS: Record<string, string> = {
  yearDayNumber: 'ordinal',
  dayOfYear: 'ordinal',
  weekDay: 'weekday',
  weekNumber: 'weekNumber',
  week: 'weekNumber',
  years: 'year',
  quarters: 'quarter',
  months: 'month',
  weeks: 'weekNumber',
  days: 'day',
  hours: 'hour',
  minutes: 'minute',
  seconds: 'second',
  milliseconds: 'millisecond',
};
const READABLE = new Set([
  'year',
  'quarter',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'weekday',
  'weekNumber',
  'weekYear',
  'ordinal',
]);
const PERIODS = new Set([
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
]);

/** `plus(5, 'days')`, `plus(1000)` and luxon's own `plus({ days: 5 })`. */
function duration(ctx: Context, [amount, unit]: readonly unknown[]): DurationLike {
  if (isPlainObject(amount) || amount instanceof Duration) return hostArgs(ctx, [amount])[0] as DurationLike;
  const count = Number(hostArgs(ctx, [amount])[0] ?? Number.NaN);
  if (Number.isNaN(count))
    throw new ExpressionError('plus() and minus() need an amount and a unit: plus(5, "days")');
  if (unit === undefined) return { milliseconds: count };
  return { [period(unit)]: count };
}

function period(unit: unknown): string {
  const name = String(unit).replace(/s$/, '').toLowerCase();
  if (!PERIODS.has(name)) throw new ExpressionError(`"${String(unit).slice(0, 50)}" is not a unit of time`);
  return name;
}

function difference(ctx: Context, from: DateTime, to: DateTime, units: unknown): unknown {
  const names = (Array.isArray(units) ? units : [units ?? 'days'])
    .slice(0, 10)
    .map((unit) => `${period(unit)}s` as DurationUnit);
  const gap = withClock(ctx, () => from.diff(to, names));
  const [only] = names;
  return Array.isArray(units) ? gap.toObject() : gap.as(only!);
}

const atStart: NativeCall = (ctx, self, [unit]) =>
  likeSelf(
    self,
    withClock(ctx, () => own(ctx, self).startOf(period(unit ?? 'week') as 'week')),
  );

const millis: NativeCall = (ctx, self) => own(ctx, self).toMillis();

export const dateExtensions: Record<string, NativeCall> = table<NativeCall>({
  beginningOf: atStart,
  endOfMonth: (ctx, self) =>
    likeSelf(
      self,
      withClock(ctx, () => own(ctx, self).endOf('month')),
    ),
  extract: (ctx, self, [unit]) => {
    const name = String(hostArgs(ctx, [unit ?? 'week'])[0]);
    const key = Object.hasOwn(UNITS, name) ? UNITS[name]! : name;
    return READABLE.has(key) ? own(ctx, self).get(key as 'year') : undefined;
  },
  isBetween: (ctx, self, args) => {
    if (args.length !== 2) throw new ExpressionError('isBetween() needs two dates');
    if (args.some((arg) => typeof arg === 'number')) return undefined;
    const [first, second] = args.map((arg) => other(ctx, arg, 'isBetween').toMillis());
    const at = own(ctx, self).toMillis();
    return at > Math.min(first!, second!) && at < Math.max(first!, second!);
  },
  isDst: (ctx, self) => own(ctx, self).isInDST,
  isInLast: (ctx, self, [amount, unit]) => {
    const now = nowOf(ctx);
    const at = own(ctx, self);
    return now.minus(duration(ctx, [amount ?? 0, unit ?? 'minutes'])) <= at && at <= now;
  },
  isWeekend: (ctx, self) => own(ctx, self).weekday >= 6,
  plus: (ctx, self, args) =>
    likeSelf(
      self,
      withClock(ctx, () => own(ctx, self).plus(duration(ctx, args))),
    ),
  minus: (ctx, self, args) =>
    likeSelf(
      self,
      withClock(ctx, () => own(ctx, self).minus(duration(ctx, args))),
    ),
  format: (ctx, self, [format, options]) => {
    const [text, given] = hostArgs(ctx, [format, options]);
    if (text === undefined) return own(ctx, self).toFormat('yyyy-MM-dd');
    if (typeof text === 'string' && text.length > 1000)
      throw new ExpressionError('The date format is too long');
    return withClock(ctx, () => own(ctx, self).toFormat(String(text), (given ?? {}) as object));
  },
  toDateTime: (ctx, self) => own(ctx, self),
  diffTo: (ctx, self, [date, units]) => difference(ctx, own(ctx, self), other(ctx, date, 'diffTo'), units),
  diffToNow: (ctx, self, [units]) => difference(ctx, own(ctx, self), nowOf(ctx), units),
  toInt: millis,
  toFloat: millis,
  toBoolean: () => undefined,
  isEmpty: () => false,
  isNotEmpty: () => true,
});
