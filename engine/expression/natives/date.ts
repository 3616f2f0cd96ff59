import { primitives } from '../coerce.ts';
import type { Context } from '../context.ts';
import { hostLocale, hostOptions } from '../host-args.ts';
import { Native, type NativeCall, native, table } from '../values.ts';
import { dateText, dayText, parseDateText, timeText } from './date-text.ts';

const date = (self: unknown): Date => {
  if (self instanceof Date) return self;
  throw new TypeError('this is not a Date object');
};

const FIELDS = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const READERS = ['getTime', 'valueOf', 'toISOString', 'toJSON', 'toUTCString'] as const;

function methods(): Record<string, NativeCall> {
  const all = table<NativeCall>({});
  for (const name of READERS) all[name] = (_ctx, self) => (date(self)[name] as () => unknown).call(self);
  for (const field of FIELDS) {
    const getter: NativeCall = (_ctx, self) => date(self)[`getUTC${field}`]();
    all[`get${field}`] = getter;
    all[`getUTC${field}`] = getter;
    if (field === 'Day') continue;
    const setter: NativeCall = (ctx, self, args) => {
      const method = date(self)[`setUTC${field}`] as (...given: unknown[]) => number;
      return Reflect.apply(method, self, primitives(ctx, args));
    };
    all[`set${field}`] = setter;
    all[`setUTC${field}`] = setter;
  }
  return all;
}

const localeText =
  (name: 'toLocaleString' | 'toLocaleDateString' | 'toLocaleTimeString'): NativeCall =>
  (ctx, self, [locale, options]) =>
    date(self)[name](hostLocale(ctx, locale), { timeZone: 'UTC', ...hostOptions(ctx, options) });

export const dateMethods: Record<string, NativeCall> = Object.assign(
  methods(),
  table<NativeCall>({
    setTime: (ctx, self, args) => date(self).setTime(Number(primitives(ctx, args)[0])),
    getYear: (_ctx, self) => date(self).getUTCFullYear() - 1900,
    getTimezoneOffset: () => 0,
    toString: native((_ctx, self) => dateText(date(self))),
    toDateString: (_ctx, self) => dayText(date(self)),
    toTimeString: (_ctx, self) => timeText(date(self)),
    toLocaleString: localeText('toLocaleString'),
    toLocaleDateString: localeText('toLocaleDateString'),
    toLocaleTimeString: localeText('toLocaleTimeString'),
  }),
);

function makeDate(ctx: Context, args: readonly unknown[]): Date {
  if (args.length === 0) return new Date(ctx.scope.now);
  const [first] = args;
  if (args.length > 1) return new Date(Date.UTC(...(primitives(ctx, args).map(Number) as [number, number])));
  if (first instanceof Date) return new Date(first.getTime());
  const value = primitives(ctx, args)[0];
  return new Date(typeof value === 'string' ? parseDateText(value) : Number(value));
}

/** `Date`: the clock is the scope's, local time is UTC. */
export const dateGlobal = new Native('Date', (ctx) => dateText(new Date(ctx.scope.now)), {
  construct: makeDate,
  statics: table<unknown>({
    now: new Native('now', (ctx) => ctx.scope.now),
    parse: new Native('parse', (ctx, _self, args) => parseDateText(String(primitives(ctx, args)[0]))),
    UTC: new Native('UTC', (ctx, _self, args) =>
      Date.UTC(...(primitives(ctx, args).map(Number) as [number, number])),
    ),
  }),
});
