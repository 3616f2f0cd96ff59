import { FatalExpressionError, securityError } from './failures.ts';

/** Never readable, on any value, in any spelling. */
const BLOCKED: ReadonlySet<string> = new Set([
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  'prepareStackTrace',
  'mainModule',
  'getBuiltinModule',
  'dlopen',
  '_load',
]);

/** Readable only as fields of data: a model's tool call has `function.arguments`. */
const BLOCKED_UNLESS_OWN: ReadonlySet<string> = new Set(['caller', 'callee', 'arguments', 'binding']);

export const isBlocked = (name: string): boolean => BLOCKED.has(name);
export const isBlockedUnlessOwn = (name: string): boolean => BLOCKED_UNLESS_OWN.has(name);

export function refuseBlocked(name: string): void {
  if (BLOCKED.has(name)) throw securityError(name);
}

/** Names that an expression may not bind: ours to use, and no chance to shadow anything by an odd name. */
export function refuseReservedBinding(name: string): void {
  if (name.startsWith('__')) {
    throw new FatalExpressionError('config', `The name "${name}" is reserved`);
  }
}
