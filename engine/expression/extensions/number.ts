import { DateTime } from 'luxon';
import { ExpressionError } from '../failures.ts';
import { withClock } from '../natives/luxon-clock.ts';
import { formatNumber } from '../natives/number.ts';
import { type NativeCall, table } from '../values.ts';

const number = (self: unknown): number => self as number;
const whole = (self: unknown, name: string): number => {
  if (!Number.isInteger(self)) throw new ExpressionError(`${name}() is only callable on integers`);
  return self as number;
};

/** Days between 1899-12-30, where spreadsheets start to count, and 1970-01-01. */
const EXCEL_EPOCH_DAYS = 25_569;

const UNITS: Record<string, (value: number) => number> = {
  ms: (value) => value,
  s: (value) => value * 1000,
  us: (value) => value / 1000,
  excel: (value) => (value - EXCEL_EPOCH_DAYS) * 86_400_000,
};

export const numberExtensions: Record<string, NativeCall> = table<NativeCall>({
  ceil: (_ctx, self) => Math.ceil(number(self)),
  floor: (_ctx, self) => Math.floor(number(self)),
  abs: (_ctx, self) => Math.abs(number(self)),
  round: (_ctx, self, [places]) => {
    const digits = typeof places === 'number' ? Math.max(0, Math.min(100, Math.trunc(places))) : 0;
    return digits === 0 ? Math.round(number(self)) : Number(number(self).toFixed(digits));
  },
  format: (ctx, self, [locale, options]) => formatNumber(ctx, number(self), locale, options),
  isInteger: (_ctx, self) => Number.isInteger(self),
  isEven: (_ctx, self) => whole(self, 'isEven') % 2 === 0,
  isOdd: (_ctx, self) => Math.abs(whole(self, 'isOdd') % 2) === 1,
  isEmpty: () => false,
  isNotEmpty: () => true,
  toBoolean: (_ctx, self) => number(self) !== 0,
  toInt: (_ctx, self) => Math.round(number(self)),
  toFloat: (_ctx, self) => number(self),
  toNumber: (_ctx, self) => number(self),
  toDateTime: (ctx, self, [unit]) => {
    const convert =
      unit === undefined ? UNITS.ms : Object.hasOwn(UNITS, String(unit)) ? UNITS[String(unit)] : undefined;
    if (convert === undefined)
      throw new ExpressionError(`toDateTime() knows the units ${Object.keys(UNITS).join(', ')}`);
    return withClock(ctx, () => DateTime.fromMillis(convert(number(self))));
  },
});
