import { primitives, toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { limitError } from '../failures.ts';
import { hostLocale, hostOptions } from '../host-args.ts';
import { asCallback, isCallable, type NativeCall, native, table } from '../values.ts';
import { Pattern } from './regexp.ts';

/** Work in proportion to the text, before it is done. */
function text(ctx: Context, self: unknown): string {
  const value = toText(ctx, self);
  ctx.step(value.length >> 6);
  return value;
}

/** A method of the host that neither makes more than its input nor takes functions. */
const plain =
  (
    name:
      | 'at'
      | 'charAt'
      | 'charCodeAt'
      | 'codePointAt'
      | 'indexOf'
      | 'lastIndexOf'
      | 'includes'
      | 'startsWith'
      | 'endsWith'
      | 'slice'
      | 'substring'
      | 'substr'
      | 'toLowerCase'
      | 'toUpperCase'
      | 'trim'
      | 'trimStart'
      | 'trimEnd'
      | 'isWellFormed'
      | 'toWellFormed',
  ): NativeCall =>
  (ctx, self, args) => {
    const value = text(ctx, self);
    const method = value[name] as (...given: unknown[]) => unknown;
    const result = Reflect.apply(method, value, args.length === 0 ? [] : primitives(ctx, args));
    if (typeof result === 'string') ctx.grow(result.length >> 2);
    return result;
  };

const pad =
  (side: 'padStart' | 'padEnd'): NativeCall =>
  (ctx, self, args) => {
    const value = text(ctx, self);
    const [length, filler] = primitives(ctx, args);
    ctx.grow(Math.max(0, Number(length) - value.length));
    return value[side](Number(length), filler === undefined ? ' ' : String(filler));
  };

const replace =
  (all: boolean): NativeCall =>
  (ctx, self, [what, by]) => {
    const value = text(ctx, self);
    const replacement = isCallable(by) ? asCallback(ctx, by) : toText(ctx, by);
    if (what instanceof Pattern) return what.replace(ctx, value, replacement, all);
    const searched = toText(ctx, what);
    return replaceText(ctx, value, searched, replacement, all);
  };

function replaceText(
  ctx: Context,
  value: string,
  searched: string,
  replacement: string | ((...args: unknown[]) => unknown),
  all: boolean,
): string {
  const parts: string[] = [];
  let from = 0;
  let at = value.indexOf(searched);
  while (at >= 0) {
    const by =
      typeof replacement === 'string'
        ? expandDollars(replacement, value, at, searched.length)
        : toText(ctx, replacement(searched, at, value));
    ctx.step();
    ctx.grow(by.length + at - from);
    parts.push(value.slice(from, at), by);
    from = at + searched.length;
    if (!all) break;
    const next = searched.length === 0 ? at + 1 : from;
    if (next > value.length) break;
    at = value.indexOf(searched, next);
  }
  parts.push(value.slice(from));
  return parts.join('');
}

function expandDollars(replacement: string, value: string, at: number, length: number): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replace(/\$([$&`'])/g, (_match, sign: string) => {
    if (sign === '$') return '$';
    if (sign === '&') return value.slice(at, at + length);
    // Text before and after the match would let a short text grow without end; both are left as written.
    return `$${sign}`;
  });
}

export const stringMethods: Record<string, NativeCall> = table<NativeCall>({
  at: plain('at'),
  charAt: plain('charAt'),
  charCodeAt: plain('charCodeAt'),
  codePointAt: plain('codePointAt'),
  indexOf: plain('indexOf'),
  lastIndexOf: plain('lastIndexOf'),
  includes: plain('includes'),
  startsWith: plain('startsWith'),
  endsWith: plain('endsWith'),
  slice: plain('slice'),
  substring: plain('substring'),
  substr: plain('substr'),
  toLowerCase: plain('toLowerCase'),
  toUpperCase: plain('toUpperCase'),
  trim: plain('trim'),
  trimStart: plain('trimStart'),
  trimEnd: plain('trimEnd'),
  isWellFormed: plain('isWellFormed'),
  toWellFormed: plain('toWellFormed'),
  padStart: pad('padStart'),
  padEnd: pad('padEnd'),
  replace: replace(false),
  replaceAll: replace(true),
  concat: (ctx, self, args) => {
    const parts = [text(ctx, self), ...args.map((arg) => toText(ctx, arg))];
    ctx.grow(parts.reduce((sum, part) => sum + part.length, 0));
    return parts.join('');
  },
  repeat: (ctx, self, [count]) => {
    const value = text(ctx, self);
    const times = toNumber(ctx, count);
    if (times * value.length > 10_000_000) throw limitError('makes too much data');
    ctx.grow(times * value.length);
    return value.repeat(times);
  },
  split: (ctx, self, [separator, limit]) => {
    const value = text(ctx, self);
    const most = limit === undefined ? undefined : toNumber(ctx, limit);
    if (separator instanceof Pattern) return separator.split(ctx, value, most);
    const parts = separator === undefined ? [value] : value.split(toText(ctx, separator), most);
    ctx.grow(parts.length * 4 + value.length);
    return parts;
  },
  match: (ctx, self, [pattern]) => Pattern.from(ctx, pattern).match(ctx, text(ctx, self)),
  matchAll: (ctx, self, [pattern]) => Pattern.from(ctx, pattern, 'g').matchAll(ctx, text(ctx, self)),
  search: (ctx, self, [pattern]) => Pattern.from(ctx, pattern).search(ctx, text(ctx, self)),
  normalize: (ctx, self, [form]) => {
    const value = text(ctx, self);
    ctx.grow(value.length * 4);
    return value.normalize(form === undefined ? 'NFC' : toText(ctx, form));
  },
  localeCompare: (ctx, self, [other, locale, options]) =>
    text(ctx, self).localeCompare(text(ctx, other), hostLocale(ctx, locale), hostOptions(ctx, options)),
  toLocaleLowerCase: (ctx, self, [locale]) => text(ctx, self).toLocaleLowerCase(hostLocale(ctx, locale)),
  toLocaleUpperCase: (ctx, self, [locale]) => text(ctx, self).toLocaleUpperCase(hostLocale(ctx, locale)),
  toString: native((_ctx, self) => self),
  toLocaleString: native((_ctx, self) => self),
  valueOf: native((_ctx, self) => self),
});
