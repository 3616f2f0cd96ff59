import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from './context.ts';

/** A method or function of the language: a plain function of ours that gets the evaluation it runs in. */
export type NativeCall = (ctx: Context, self: unknown, args: readonly unknown[]) => unknown;

/** A built-in function as a value (`map(Number)`). Immutable and shared by all evaluations. */
export class Native {
  readonly name: string;
  readonly invoke: NativeCall;
  readonly construct: ((ctx: Context, args: readonly unknown[]) => unknown) | undefined;
  readonly statics: Readonly<Record<string, unknown>>;
  constructor(
    name: string,
    invoke: NativeCall,
    more: {
      construct?: (ctx: Context, args: readonly unknown[]) => unknown;
      statics?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    this.name = name;
    this.invoke = invoke;
    this.construct = more.construct;
    this.statics = more.statics ?? EMPTY;
  }
}

/** A built-in object that is no function: Math, JSON, Intl. */
export class Namespace {
  readonly name: string;
  readonly members: Readonly<Record<string, unknown>>;
  constructor(name: string, members: Readonly<Record<string, unknown>>) {
    this.name = name;
    this.members = members;
  }
}

/** An object whose fields are worked out when they are read: `$input`, `$('Node')`, `$node`. */
export class View {
  readonly keys: readonly string[];
  readonly read: (key: string) => unknown;
  constructor(keys: readonly string[], read: (key: string) => unknown) {
    this.keys = keys;
    this.read = read;
  }
}

/** A value with a fixed list of readable fields and methods: URL, a regular expression, an Intl formatter. */
export abstract class Opaque {
  abstract readonly typeName: string;
  abstract get(ctx: Context, key: string): unknown;
  abstract toString(): string;
}

/** For entries with names of Object's own members, which TypeScript would else type as those. */
export const native = (call: NativeCall): NativeCall => call;

/** A table of natives by name without a prototype, so that no inherited name is ever found in it. */
export const table = <T>(entries: Record<string, T>): Record<string, T> =>
  Object.assign(Object.create(null) as Record<string, T>, entries);

const EMPTY: Readonly<Record<string, unknown>> = Object.freeze(
  Object.create(null) as Record<string, unknown>,
);

export type Closure = (this: unknown, ...args: unknown[]) => unknown;
const closures = new WeakSet<object>();

/** Marks a host function as made by the interpreter; nothing else that is a host function is ever called. */
export function brandClosure<T extends Closure>(fn: T): T {
  closures.add(fn);
  return fn;
}
export const isClosure = (value: unknown): value is Closure =>
  typeof value === 'function' && closures.has(value as object);
export const isCallable = (value: unknown): value is Closure | Native =>
  value instanceof Native || isClosure(value);

export function invoke(ctx: Context, fn: unknown, self: unknown, args: readonly unknown[]): unknown {
  if (isClosure(fn)) return Reflect.apply(fn, self, args as unknown[]);
  if (fn instanceof Native) {
    ctx.step();
    return fn.invoke(ctx, self, args);
  }
  throw new TypeError('not a function');
}

/** A callback for a host method such as Array.prototype.map. */
export function asCallback(ctx: Context, fn: unknown): (...args: unknown[]) => unknown {
  if (isClosure(fn)) return fn;
  if (fn instanceof Native) return (...args) => invoke(ctx, fn, undefined, args);
  throw new TypeError('not a function');
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

export const isLuxon = (value: unknown): value is DateTime | Duration | Interval =>
  value instanceof DateTime || value instanceof Duration || value instanceof Interval;

export function typeOf(value: unknown): string {
  return value instanceof Native ? 'function' : typeof value;
}

/** The word for a value's type in messages. */
export function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date || value instanceof DateTime) return 'date';
  return typeOf(value);
}
