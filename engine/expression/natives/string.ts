import { primitives, toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { limitError } from '../failures.ts';
import { hostLocale, hostOptions } from '../host-args.ts';
import { asCallback, isCallable, type NativeCall, native, table } from '../values.ts';
import { Pattern } from './regexp.ts';
import { indexIn, lastIndexIn } from './text-search.ts';

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

/** What is looked for, and from where. */
function needle(ctx: Context, [what, position]: readonly unknown[], otherwise: number): [string, number] {
  const at = position === undefined ? otherwise : Math.trunc(toNumber(ctx, position));
  return [toText(ctx, what), Number.isNaN(at) ? otherwise : at];
}

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
  let at = indexIn(ctx, value, searched);
  while (at >= 0) {
    if (typeof replacement === 'string') ctx.step(replacement.length);
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
    at = indexIn(ctx, value, searched, next);
  }
  parts.push(value.slice(from));
  return parts.join('');
}

function splitText(ctx: Context, value: string, separator: string, most?: number): string[] {
  if (separator === '') ctx.grow(value.length * 5);
  else if (indexIn(ctx, value, separator) < 0) return most === 0 ? [] : [value];
  ctx.grow(value.length);
  if (separator.length < 64) {
    const parts = value.split(separator, most);
    ctx.grow(parts.length * 4);
    return parts;
  }
  const parts: string[] = [];
  let from = 0;
  for (let at = indexIn(ctx, value, separator); at >= 0; at = indexIn(ctx, value, separator, from)) {
    ctx.grow(4);
    parts.push(value.slice(from, at));
    from = at + separator.length;
  }
  parts.push(value.slice(from));
  return most === undefined ? parts : parts.slice(0, most >>> 0);
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
  indexOf: (ctx, self, args) => indexIn(ctx, text(ctx, self), ...needle(ctx, args, 0)),
  lastIndexOf: (ctx, self, args) =>
    lastIndexIn(ctx, text(ctx, self), ...needle(ctx, args, Number.POSITIVE_INFINITY)),
  includes: (ctx, self, args) => indexIn(ctx, text(ctx, self), ...needle(ctx, args, 0)) >= 0,
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
    return separator === undefined ? [value] : splitText(ctx, value, toText(ctx, separator), most);
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
