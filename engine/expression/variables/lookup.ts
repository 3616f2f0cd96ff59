import type { Evaluate } from '../compile/frame.ts';
import type { Context } from '../context.ts';
import { securityError } from '../failures.ts';
import { isBlocked, isBlockedUnlessOwn } from '../names.ts';
import { GLOBALS } from '../natives/globals.ts';
import { View } from '../values.ts';
import { VARIABLES } from './table.ts';

/** Names of the host that expressions in the wild touch; all are an empty object here, whatever the host has. */
const DENIED: ReadonlySet<string> = new Set(
  `window document global globalThis self top parent frames alert prompt confirm eval uneval Function Generator
   GeneratorFunction AsyncFunction AsyncGenerator AsyncGeneratorFunction setTimeout setInterval setImmediate clearTimeout
   clearInterval clearImmediate queueMicrotask fetch XMLHttpRequest WebSocket Promise Reflect Proxy WebAssembly escape
   unescape require module exports process console performance crypto structuredClone importScripts navigator location
   localStorage sessionStorage Buffer Worker Iterator FinalizationRegistry WeakRef ShadowRealm`.split(/\s+/),
);

/** What leads from a global object to the host: whoever asks a denied object for it is told no, instead of getting nothing. */
const HOST: ReadonlySet<string> = new Set(
  'process require module exports global globalThis Function eval'.split(' '),
);
const DENIED_OBJECT = new View([], (key) => {
  if (HOST.has(key) || isBlockedUnlessOwn(key)) throw securityError(key);
  return undefined;
});

export const isKnownGlobalObject = (name: string): boolean => DENIED.has(name);

/** Compiles a name that is no local variable. An unknown name is undefined, as is everything that is not listed. */
export function globalValue(name: string): Evaluate {
  const read = reader(name);
  if (name === '$') return read; // never a value, whatever the data hold
  return (ctx) => {
    const { extra } = ctx.scope;
    return extra !== undefined && Object.hasOwn(extra, name) ? ctx.data(extra[name]) : read(ctx);
  };
}

export function readGlobal(ctx: Context, name: string): unknown {
  const { extra } = ctx.scope;
  return extra !== undefined && Object.hasOwn(extra, name) ? ctx.data(extra[name]) : reader(name)(ctx);
}

function reader(name: string): (ctx: Context) => unknown {
  const variable = VARIABLES[name];
  if (variable !== undefined) return variable;
  if (name in GLOBALS) {
    const value = GLOBALS[name];
    return () => value;
  }
  if (DENIED.has(name) && !isBlocked(name)) return () => DENIED_OBJECT;
  return () => undefined;
}
