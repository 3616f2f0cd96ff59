import { DateTime, Duration, Interval } from 'luxon';
import { NodeError } from '#engine/errors.ts';
import { toTemplate } from '#engine/expression/n8n-syntax.ts';
import {
  compileTemplate,
  compileValue,
  ExpressionSyntaxError,
  templateIssues,
} from '#engine/expression/template.ts';
import { testScope } from '#engine/expression/test-scope.ts';

/** CPU time of one evaluation: its steps are over after about half a second, the net below them hangs at two. */
const MAX_MS = 3_500;
/** … and leave or use about this much memory; its budget is tens of megabytes. */
const MAX_BYTES = 400 * 1024 * 1024;

const json = {
  name: 'Ada',
  age: 36,
  tags: ['x', 'y'],
  nested: { deep: { list: [1, { a: 2 }] } },
  text: 'The quick (brown) fox, 2024-05-15',
  big: Array.from({ length: 2_000 }, (_, i) => ({ i, s: `value ${i}` })),
  none: null,
};
const scope = testScope(json);
const before = JSON.stringify(json);

let reached: string | undefined;
/** The name stands for everything of the host: whoever reads it has left the evaluator. */
Object.defineProperty(globalThis, 'linkflowCanary', {
  configurable: true,
  get: () => {
    reached = 'the global object';
    return 1;
  },
});
const PROTOTYPES = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Function.prototype,
  Number.prototype,
  Object,
  globalThis,
];
const fingerprint = (): string => PROTOTYPES.map((one) => Reflect.ownKeys(one).length).join();
const clean = fingerprint();

/** What is wrong with how this template compiles and renders; null when nothing is. */
export function finding(template: string): string | null {
  reached = undefined;
  let limited = false;
  const rendered = attempt(() => compileTemplate(template).render(scope, 0), {
    look: hostValue,
    onLimit: () => {
      limited = true;
    },
  });
  const problem =
    rendered ??
    // what used up its budget once would do so again
    (limited ? null : attempt(() => compileValue({ a: template }).render(scope, 0), { look: notJson })) ??
    attempt(() => toTemplate(`=${template}`)) ??
    attempt(() => templateIssues({ a: template }));
  if (problem !== null) return problem;
  if (reached !== undefined) return `it reached ${reached}`;
  if (fingerprint() !== clean) return 'it changed something global';
  return JSON.stringify(json) === before ? null : 'it changed the data of the item';
}

/** CPU time of the dearest step so far. */
export const slowest = { ms: 0 };

interface Watch {
  look?: (value: unknown) => string | null;
  onLimit?: () => void;
}
function attempt(work: () => unknown, { look, onLimit }: Watch = {}): string | null {
  const memory = process.memoryUsage();
  const started = process.threadCpuUsage();
  let problem: string | null = null;
  let value: unknown;
  try {
    value = work();
  } catch (error) {
    if (error instanceof NodeError) {
      if (error.data.kind === 'limit') onLimit?.();
    } else if (!(error instanceof ExpressionSyntaxError)) {
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      problem = `it threw ${text.slice(0, 200)}`;
    }
  }
  const { user, system } = process.threadCpuUsage(started);
  const used = process.memoryUsage();
  problem ??= look?.(value) ?? null;
  const ms = (user + system) / 1_000;
  slowest.ms = Math.max(slowest.ms, ms);
  if (problem === null && ms > MAX_MS) problem = `it took ${Math.round(ms)} ms`;
  const grown = used.heapUsed - memory.heapUsed + (used.arrayBuffers - memory.arrayBuffers);
  if (problem === null && grown > MAX_BYTES) problem = `it used ${Math.round(grown / 1024 / 1024)} MB`;
  return problem;
}

/** Results may hold data, dates and collections; anything else came from the host. */
function hostValue(value: unknown): string | null {
  const seen = new Set<object>();
  const todo: unknown[] = [value];
  while (todo.length > 0 && seen.size < 10_000) {
    const one = todo.pop();
    if (typeof one === 'function') return `the result holds the function ${one.name}`;
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (one === globalThis || one === process || one === scope)
      return 'the result holds an object of the host';
    if (one instanceof DateTime || one instanceof Duration || one instanceof Interval) continue;
    if (ArrayBuffer.isView(one) || one instanceof ArrayBuffer || one instanceof Date) continue;
    if (one instanceof Map || one instanceof Set) todo.push(...(one as Iterable<unknown>));
    else if (Array.isArray(one)) for (const element of one.slice(0, 1_000)) todo.push(element);
    else if (one instanceof WeakMap || one instanceof WeakSet || one instanceof Error) continue;
    else {
      const proto: unknown = Object.getPrototypeOf(one);
      if (proto !== Object.prototype && proto !== null) return `the result holds a ${one.constructor?.name}`;
      for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(one))) {
        if (descriptor.get) return 'the result holds a getter';
        todo.push(descriptor.value);
      }
    }
  }
  return null;
}

/** What becomes of parameters is JSON. */
function notJson(value: unknown): string | null {
  const problem = hostValue(value);
  if (problem !== null) return `as JSON, ${problem}`;
  try {
    JSON.stringify(value);
    return null;
  } catch (error) {
    return `its result is no JSON: ${error instanceof Error ? error.message.slice(0, 100) : String(error)}`;
  }
}
