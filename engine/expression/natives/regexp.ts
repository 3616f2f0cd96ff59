import { toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { defineField } from '../context.ts';
import { compileProgram, type Found, type Program } from '../regex/program.ts';
import { Native, type NativeCall, native, Opaque, table } from '../values.ts';

/** A regular expression. Matching is bounded by the evaluation's budget (regex/program.ts), never the host's engine. */
export class Pattern extends Opaque {
  readonly typeName = 'RegExp';
  readonly source: string;
  readonly flags: string;
  lastIndex = 0;
  private readonly program: Program;

  constructor(source: string, flags: string) {
    super();
    this.source = source === '' ? '(?:)' : source;
    this.flags = flags;
    this.program = compileProgram(this.source, flags);
  }

  static from(ctx: Context, value: unknown, flags = ''): Pattern {
    if (value instanceof Pattern) return value;
    return new Pattern(value === undefined ? '(?:)' : toText(ctx, value), flags);
  }

  get global(): boolean {
    return this.flags.includes('g');
  }
  private get sticky(): boolean {
    return this.flags.includes('y');
  }

  toString(): string {
    return `/${this.source}/${this.flags}`;
  }

  get(_ctx: Context, key: string): unknown {
    switch (key) {
      case 'source':
        return this.source;
      case 'flags':
        return this.flags;
      case 'lastIndex':
        return this.lastIndex;
      case 'global':
        return this.global;
      case 'ignoreCase':
        return this.flags.includes('i');
      case 'multiline':
        return this.flags.includes('m');
      default: {
        const method = patternMethods[key];
        return method && new Native(key, (ctx, given, args) => method(ctx, given ?? this, args));
      }
    }
  }

  private find(ctx: Context, text: string, from: number): Found | null {
    const found = this.program.find(ctx, text, from);
    return found !== null && this.sticky && found.start !== from ? null : found;
  }

  exec(ctx: Context, text: string): unknown[] | null {
    const stateful = this.global || this.sticky;
    const from = stateful ? this.lastIndex : 0;
    const found = from > text.length ? null : this.find(ctx, text, from);
    if (found === null) {
      this.lastIndex = 0;
      return null;
    }
    if (stateful) this.lastIndex = found.end;
    return matchArray(ctx, text, found);
  }

  test(ctx: Context, text: string): boolean {
    return this.exec(ctx, text) !== null;
  }

  *each(ctx: Context, text: string): Generator<Found> {
    let from = 0;
    while (from <= text.length) {
      ctx.step();
      const found = this.find(ctx, text, from);
      if (found === null) return;
      yield found;
      from = found.end > found.start ? found.end : found.end + 1;
    }
  }

  match(ctx: Context, text: string): unknown {
    if (!this.global) return this.exec(ctx, text);
    const all: string[] = [];
    for (const found of this.each(ctx, text)) {
      ctx.grow(found.end - found.start + 4);
      all.push(text.slice(found.start, found.end));
    }
    return all.length === 0 ? null : all;
  }

  /** An array instead of an iterator: spread, Array.from and for-of work alike. */
  matchAll(ctx: Context, text: string): unknown[] {
    if (!this.global) throw new TypeError('matchAll must be called with a global RegExp');
    return Array.from(this.each(ctx, text), (found) => matchArray(ctx, text, found));
  }

  search(ctx: Context, text: string): number {
    return this.find(ctx, text, 0)?.start ?? -1;
  }

  split(ctx: Context, text: string, limit?: number): unknown[] {
    const parts: unknown[] = [];
    let from = 0;
    for (const found of this.each(ctx, text)) {
      if (found.end === found.start && (found.start >= text.length || found.start === from)) continue;
      ctx.grow(found.start - from + 4);
      parts.push(text.slice(from, found.start), ...groupTexts(text, found).slice(1));
      from = found.end;
    }
    if (!(text === '' && this.find(ctx, text, 0) !== null)) parts.push(text.slice(from));
    return limit === undefined ? parts : parts.slice(0, limit >>> 0);
  }

  replace(ctx: Context, text: string, by: string | ((...args: unknown[]) => unknown), all: boolean): string {
    if (all && !this.global) throw new TypeError('replaceAll must be called with a global RegExp');
    const parts: string[] = [];
    let from = 0;
    for (const found of this.each(ctx, text)) {
      if (typeof by === 'string') ctx.step(by.length);
      const groups = groupTexts(text, found);
      const named = found.names.length > 0 ? [namedGroups(text, found)] : [];
      const piece =
        typeof by === 'string'
          ? expand(by, groups, found, text)
          : toText(ctx, by(...groups, found.start, text, ...named));
      ctx.grow(piece.length + found.start - from);
      parts.push(text.slice(from, found.start), piece);
      from = found.end;
      if (!this.global) break;
    }
    parts.push(text.slice(from));
    return parts.join('');
  }
}

function groupTexts(text: string, found: Found): (string | undefined)[] {
  return found.groups.map((span) => (span === null ? undefined : text.slice(span[0], span[1])));
}

function namedGroups(text: string, found: Found): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const { name, index } of found.names) {
    const span = found.groups[index];
    defineField(named, name, span ? text.slice(span[0], span[1]) : undefined);
  }
  return named;
}

function matchArray(ctx: Context, text: string, found: Found): unknown[] {
  ctx.grow(found.end - found.start + 8);
  const array: unknown[] = groupTexts(text, found);
  const groups = found.names.length > 0 ? namedGroups(text, found) : undefined;
  return Object.assign(array, { index: found.start, input: text, groups });
}

function expand(by: string, groups: (string | undefined)[], found: Found, text: string): string {
  if (!by.includes('$')) return by;
  return by.replace(
    /\$(?:([$&])|(\d{1,2})|<([^>]*)>)/g,
    (whole, sign?: string, digits?: string, name?: string) => {
      if (sign === '$') return '$';
      if (sign === '&') return groups[0] ?? '';
      if (digits !== undefined) return numbered(whole, digits, groups);
      if (found.names.length === 0 || name === undefined) return whole;
      const index = found.names.find((group) => group.name === name)?.index;
      const span = index === undefined ? null : found.groups[index];
      return span ? text.slice(span[0], span[1]) : '';
    },
  );
}

function numbered(whole: string, digits: string, groups: (string | undefined)[]): string {
  const index = Number(digits);
  if (index >= 1 && index < groups.length) return groups[index] ?? '';
  const first = Number(digits[0]);
  if (digits.length === 2 && first >= 1 && first < groups.length) return (groups[first] ?? '') + digits[1];
  return whole;
}

const self = (value: unknown): Pattern => {
  if (value instanceof Pattern) return value;
  throw new TypeError('not a regular expression');
};

const patternMethods: Record<string, NativeCall> = table<NativeCall>({
  test: (ctx, pattern, [text]) => self(pattern).test(ctx, toText(ctx, text)),
  exec: (ctx, pattern, [text]) => self(pattern).exec(ctx, toText(ctx, text)),
  toString: native((_ctx, pattern) => self(pattern).toString()),
});

export function setLastIndex(ctx: Context, pattern: Pattern, value: unknown): void {
  pattern.lastIndex = Math.max(0, Math.trunc(toNumber(ctx, value)) || 0);
}
