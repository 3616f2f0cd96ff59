import { toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { hostLocale, hostOptions } from '../host-args.ts';
import { Namespace, Native, Opaque, table } from '../values.ts';

type Call = (ctx: Context, args: readonly unknown[]) => unknown;

/** A formatter of Intl, seen through its few reading methods. */
class Formatter extends Opaque {
  readonly typeName: string;
  private readonly methods: Record<string, Call>;
  constructor(typeName: string, methods: Record<string, Call>) {
    super();
    this.typeName = typeName;
    this.methods = table(methods);
  }
  get(_ctx: Context, key: string): unknown {
    const call = this.methods[key];
    return call && new Native(key, (ctx, _self, args) => call(ctx, args));
  }
  toString(): string {
    return `[object Intl.${this.typeName}]`;
  }
}

const when = (ctx: Context, value: unknown): number | Date => {
  if (value instanceof Date) return value;
  if (typeof value === 'number') return value;
  return value === undefined ? ctx.scope.now : toNumber(ctx, value);
};

const type = (
  name: string,
  make: (locale: string | string[], options: object, ctx: Context) => Record<string, Call>,
): Native => {
  const construct: Call = (ctx, [locale, options]) => {
    ctx.step(100);
    return new Formatter(name, make(hostLocale(ctx, locale), hostOptions(ctx, options), ctx));
  };
  return new Native(name, (ctx, _self, args) => construct(ctx, args), { construct });
};

export const intlGlobal = new Namespace(
  'Intl',
  table<unknown>({
    NumberFormat: type('NumberFormat', (locale, options) => {
      const host = new Intl.NumberFormat(locale, options);
      return {
        format: (ctx, [value]) => host.format(toNumber(ctx, value)),
        formatToParts: (ctx, [value]) => host.formatToParts(toNumber(ctx, value)),
        resolvedOptions: () => ({ ...host.resolvedOptions() }),
      };
    }),
    DateTimeFormat: type('DateTimeFormat', (locale, options, ctx) => {
      const host = new Intl.DateTimeFormat(locale, { timeZone: ctx.scope.timezone, ...options });
      return {
        format: (inner, [value]) => host.format(when(inner, value)),
        formatToParts: (inner, [value]) => host.formatToParts(when(inner, value)),
        resolvedOptions: () => ({ ...host.resolvedOptions() }),
      };
    }),
    RelativeTimeFormat: type('RelativeTimeFormat', (locale, options) => {
      const host = new Intl.RelativeTimeFormat(locale, options);
      return {
        format: (ctx, [value, unit]) =>
          host.format(toNumber(ctx, value), toText(ctx, unit) as Intl.RelativeTimeFormatUnit),
      };
    }),
    PluralRules: type('PluralRules', (locale, options) => {
      const host = new Intl.PluralRules(locale, options);
      return { select: (ctx, [value]) => host.select(toNumber(ctx, value)) };
    }),
    ListFormat: type('ListFormat', (locale, options) => {
      const host = new Intl.ListFormat(locale, options);
      return {
        format: (ctx, [list]) => {
          const values = Array.isArray(list) ? list.map((value) => toText(ctx, value)) : [];
          ctx.grow(values.reduce((sum, value) => sum + value.length + 5, 0));
          return host.format(values);
        },
      };
    }),
    Collator: type('Collator', (locale, options) => {
      const host = new Intl.Collator(locale, options);
      return { compare: (ctx, [a, b]) => host.compare(toText(ctx, a), toText(ctx, b)) };
    }),
  }),
);
