import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from '../context.ts';
import { limitError } from '../failures.ts';
import { hostArgs } from '../host-args.ts';
import { Native } from '../values.ts';
import { withClock } from './luxon-clock.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const DATETIME_FIELDS =
  words(`isValid invalidReason invalidExplanation locale numberingSystem outputCalendar zoneName
  year quarter month day hour minute second millisecond weekYear weekNumber weekday isWeekend localWeekday
  localWeekNumber localWeekYear ordinal monthShort monthLong weekdayShort weekdayLong offset offsetNameShort
  offsetNameLong isOffsetFixed isInDST isInLeapYear daysInMonth daysInYear weeksInWeekYear weeksInLocalWeekYear`);
const DATETIME_METHODS =
  words(`get getPossibleOffsets resolvedLocaleOptions toUTC toLocal setZone reconfigure setLocale
  set plus minus startOf endOf toFormat toLocaleString toLocaleParts toISO toISODate toISOWeekDate toISOTime toRFC2822
  toHTTP toSQLDate toSQLTime toSQL toString valueOf toMillis toSeconds toUnixInteger toJSON toBSON toObject toJSDate
  diff diffNow until hasSame equals toRelative toRelativeCalendar`);
const DURATION_FIELDS = words(`locale numberingSystem years quarters months weeks days hours minutes seconds
  milliseconds isValid invalidReason invalidExplanation`);
const DURATION_METHODS =
  words(`toFormat toHuman toObject toISO toISOTime toJSON toString toMillis valueOf plus minus get
  set reconfigure as normalize rescale shiftTo shiftToAll negate removeZeros equals`);
const INTERVAL_FIELDS = words('start end lastDateTime isValid invalidReason invalidExplanation');
const INTERVAL_METHODS =
  words(`length count hasSame isEmpty isAfter isBefore contains set splitAt splitBy divideEqually
  overlaps abutsStart abutsEnd engulfs equals intersection union difference toString toLocaleString toISO toISODate
  toISOTime toFormat toDuration`);

/** A field or method of a luxon value that is on its list; the object itself stays out of reach. */
export function readLuxon(ctx: Context, value: DateTime | Duration | Interval, key: string): unknown {
  const [fields, methods] =
    value instanceof DateTime
      ? [DATETIME_FIELDS, DATETIME_METHODS]
      : value instanceof Duration
        ? [DURATION_FIELDS, DURATION_METHODS]
        : [INTERVAL_FIELDS, INTERVAL_METHODS];
  if (fields.has(key)) return withClock(ctx, () => (value as unknown as Record<string, unknown>)[key]);
  if (key === 'zone' && value instanceof DateTime) {
    return {
      name: value.zoneName,
      type: value.zone.type,
      isUniversal: value.zone.isUniversal,
      isValid: value.zone.isValid,
    };
  }
  if (key === 'c' || !methods.has(key)) return undefined;
  return new Native(key, (inner, given, args) => callLuxon(inner, given ?? value, key, args));
}

export function callLuxon(ctx: Context, self: unknown, key: string, args: readonly unknown[]): unknown {
  const target = self as Record<string, (...given: unknown[]) => unknown>;
  const methods =
    self instanceof DateTime
      ? DATETIME_METHODS
      : self instanceof Duration
        ? DURATION_METHODS
        : self instanceof Interval
          ? INTERVAL_METHODS
          : undefined;
  if (!methods?.has(key)) throw new TypeError(`${key} is not a function`);
  ctx.step(10);
  const given = hostArgs(ctx, args);
  if (self instanceof Interval) guardPieces(self, key, given);
  if (typeof given[0] === 'string' && given[0].length > 1000)
    throw limitError('has a date format that is too long');
  return withClock(ctx, () => Reflect.apply(target[key]!, self, given));
}

const MAX_PIECES = 10_000;

/** Splitting makes one object per piece, and never ends for a step that is not positive. */
function guardPieces(interval: Interval, key: string, args: unknown[]): void {
  if (key === 'divideEqually' && !(Number(args[0]) <= MAX_PIECES)) throw limitError('makes too much data');
  if (key !== 'splitBy') return;
  const step = Duration.fromDurationLike(args[0] as Duration).toMillis();
  if (!(step > 0) || interval.length('milliseconds') / step > MAX_PIECES)
    throw limitError('makes too much data');
}
