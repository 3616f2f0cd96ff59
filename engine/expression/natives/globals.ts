import { primitives, toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { Namespace, Native, type NativeCall, table } from '../values.ts';
import { arrayGlobal } from './array-global.ts';
import { collectionGlobals } from './collections.ts';
import { dateGlobal } from './date.ts';
import { intlGlobal } from './intl.ts';
import { jsonGlobal } from './json.ts';
import { helperGlobals } from './language-functions.ts';
import { luxonGlobals } from './luxon.ts';
import { objectGlobal } from './object.ts';
import { Pattern } from './regexp.ts';
import { urlGlobals } from './url.ts';

const fn = (name: string, call: (ctx: Context, args: readonly unknown[]) => unknown): Native =>
  new Native(name, (ctx, _self, args) => call(ctx, args));

/** Functions of the host over primitives, such as Math.max and parseInt. */
const hosted = (name: string, host: (...args: never[]) => unknown): Native =>
  fn(name, (ctx, args) => {
    ctx.step(args.length);
    return Reflect.apply(host as NativeCall, undefined, primitives(ctx, args) as never);
  });

const coded = (name: string, host: (text: string) => string): Native =>
  fn(name, (ctx, [value]) => {
    const text = toText(ctx, value);
    ctx.grow(text.length * 3);
    return host(text);
  });

function mathMembers(): Record<string, unknown> {
  const members = table<unknown>({});
  for (const name of Object.getOwnPropertyNames(Math)) {
    const value: unknown = Reflect.get(Math, name);
    if (typeof value === 'number') members[name] = value;
    else if (typeof value === 'function')
      members[name] = hosted(name, value as (...args: never[]) => unknown);
  }
  members.random = fn('random', (ctx) => ctx.scope.random());
  return members;
}

const parseFloatNative = hosted('parseFloat', Number.parseFloat);
const parseIntNative = hosted('parseInt', Number.parseInt);

const numberGlobal = new Native(
  'Number',
  (ctx, _self, args) => (args.length === 0 ? 0 : toNumber(ctx, args[0])),
  {
    construct: (ctx, args) => (args.length === 0 ? 0 : toNumber(ctx, args[0])),
    statics: table<unknown>({
      isInteger: fn('isInteger', (_ctx, [value]) => Number.isInteger(value)),
      isSafeInteger: fn('isSafeInteger', (_ctx, [value]) => Number.isSafeInteger(value)),
      isFinite: fn('isFinite', (_ctx, [value]) => Number.isFinite(value)),
      isNaN: fn('isNaN', (_ctx, [value]) => Number.isNaN(value)),
      parseFloat: parseFloatNative,
      parseInt: parseIntNative,
      EPSILON: Number.EPSILON,
      MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
      MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
      MAX_VALUE: Number.MAX_VALUE,
      MIN_VALUE: Number.MIN_VALUE,
      POSITIVE_INFINITY: Number.POSITIVE_INFINITY,
      NEGATIVE_INFINITY: Number.NEGATIVE_INFINITY,
      NaN: Number.NaN,
    }),
  },
);

const stringOf = (ctx: Context, args: readonly unknown[]): string =>
  args.length === 0 ? '' : typeof args[0] === 'symbol' ? String(args[0]) : toText(ctx, args[0]);

const stringGlobal = new Native('String', (ctx, _self, args) => stringOf(ctx, args), {
  construct: stringOf,
  statics: table<unknown>({
    fromCharCode: hosted('fromCharCode', String.fromCharCode),
    fromCodePoint: hosted('fromCodePoint', String.fromCodePoint),
    raw: fn('raw', (ctx, [strings, ...values]) => {
      const raw = (strings as { raw?: unknown }).raw;
      const texts: unknown[] = Array.isArray(raw) ? raw : [];
      const parts = texts.map(
        (text, i) =>
          toText(ctx, text) + (i < texts.length - 1 && i < values.length ? toText(ctx, values[i]) : ''),
      );
      ctx.grow(parts.reduce((sum, part) => sum + part.length, 0));
      return parts.join('');
    }),
  }),
});

const booleanGlobal = new Native('Boolean', (_ctx, _self, [value]) => Boolean(value), {
  construct: (_ctx, [value]) => Boolean(value),
});

function errorGlobals(): Record<string, Native> {
  const all: Record<string, Native> = {};
  for (const name of [
    'Error',
    'TypeError',
    'RangeError',
    'SyntaxError',
    'ReferenceError',
    'EvalError',
    'URIError',
    'AggregateError',
  ]) {
    const make = (ctx: Context, [message]: readonly unknown[]) => {
      const error = new Error(message === undefined ? '' : toText(ctx, message));
      // Not an instance of the host's subclass: name is all that an expression can see of it.
      if (name !== 'Error') error.name = name;
      return error;
    };
    all[name] = new Native(name, (ctx, _self, args) => make(ctx, args), { construct: make });
  }
  return all;
}

const regexpGlobal = (() => {
  const make = (ctx: Context, [source, flags]: readonly unknown[]) =>
    source instanceof Pattern
      ? new Pattern(source.source, flags === undefined ? source.flags : toText(ctx, flags))
      : new Pattern(
          source === undefined ? '' : toText(ctx, source),
          flags === undefined ? '' : toText(ctx, flags),
        );
  return new Native('RegExp', (ctx, _self, args) => make(ctx, args), { construct: make });
})();

/** Everything an expression can name besides `$…`: the allow-list. */
export const GLOBALS: Readonly<Record<string, unknown>> = table<unknown>({
  ...collectionGlobals,
  ...luxonGlobals,
  ...errorGlobals(),
  ...helperGlobals,
  ...urlGlobals,
  Object: objectGlobal,
  Array: arrayGlobal,
  Date: dateGlobal,
  JSON: jsonGlobal,
  Intl: intlGlobal,
  Math: new Namespace('Math', mathMembers()),
  Atomics: new Namespace('Atomics', table<unknown>({})),
  Number: numberGlobal,
  String: stringGlobal,
  Boolean: booleanGlobal,
  RegExp: regexpGlobal,
  BigInt: fn('BigInt', (ctx, args) => {
    const value = primitives(ctx, args)[0] as string;
    if (String(value).length > 1000) throw new RangeError('too many digits');
    return BigInt(value);
  }),
  Symbol: fn('Symbol', (ctx, [description]) =>
    Symbol(description === undefined ? undefined : toText(ctx, description)),
  ),
  parseFloat: parseFloatNative,
  parseInt: parseIntNative,
  isNaN: fn('isNaN', (ctx, [value]) => Number.isNaN(toNumber(ctx, value))),
  isFinite: fn('isFinite', (ctx, [value]) => Number.isFinite(toNumber(ctx, value))),
  encodeURIComponent: coded('encodeURIComponent', encodeURIComponent),
  encodeURI: coded('encodeURI', encodeURI),
  decodeURIComponent: coded('decodeURIComponent', decodeURIComponent),
  decodeURI: coded('decodeURI', decodeURI),
  Infinity: Number.POSITIVE_INFINITY,
  NaN: Number.NaN,
  undefined: undefined,
});
