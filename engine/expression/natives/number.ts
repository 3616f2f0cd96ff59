import { primitives } from '../coerce.ts';
import type { Context } from '../context.ts';
import { hostLocale, hostOptions } from '../host-args.ts';
import { type NativeCall, native, table } from '../values.ts';

type Numeric = number | boolean | bigint;
const digits = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

/** Methods of numbers, booleans and bigints. */
export const numberMethods: Record<string, NativeCall> = table<NativeCall>({
  toFixed: (ctx, self, args) => Number(self).toFixed(digits(primitives(ctx, args)[0])),
  toPrecision: (ctx, self, args) => Number(self).toPrecision(digits(primitives(ctx, args)[0])),
  toExponential: (ctx, self, args) => Number(self).toExponential(digits(primitives(ctx, args)[0])),
  toString: native((ctx, self, args) => {
    const base = digits(primitives(ctx, args)[0]);
    return typeof self === 'number' || typeof self === 'bigint' ? self.toString(base) : String(self);
  }),
  toLocaleString: native((ctx, self, [locale, options]) =>
    typeof self === 'boolean' ? String(self) : formatNumber(ctx, self as number, locale, options),
  ),
  valueOf: native((_ctx, self) => self as Numeric),
});

/** A number as text for people. */
export function formatNumber(
  ctx: Context,
  value: number | bigint,
  locale: unknown,
  options: unknown,
): string {
  return new Intl.NumberFormat(hostLocale(ctx, locale), hostOptions(ctx, options)).format(value);
}
