import { afterAll, expect, test } from 'vitest';
import type { CodeRequest } from '#engine/node.ts';
import { createCodeRunner } from './code-runner.ts';

const runner = createCodeRunner();
afterAll(() => runner.close());

const run = async (source: string, more: Partial<CodeRequest> = {}) => {
  const request: CodeRequest = {
    language: 'javascript',
    mode: 'all-items',
    items: [{ json: { a: 1 } }],
    context: { $now: Date.now(), $timezone: 'UTC' },
    timeoutMs: 3_000,
    memoryMb: 64,
    source,
    ...more,
  };
  return (await runner.run(request)).value;
};

/** Each gives what a way out would show; none of it is there. */
const ATTEMPTS: [string, string][] = [
  [
    'names of the host',
    'return [typeof process, typeof require, typeof module, typeof fetch, typeof global, typeof ivm].join()',
  ],
  ['constructor of a function', "return [].constructor.constructor('return typeof process')()"],
  ['constructor of this', "return this.constructor.constructor('return typeof process')()"],
  ['constructor of the data', "return items[0].json.constructor.constructor('return typeof process')()"],
  ['constructor of a variable', "return $now.constructor.constructor('return typeof process')()"],
  ['constructor of a helper', "return $input.all.constructor('return typeof process')()"],
  ['async function', "return await (async () => undefined).constructor('return typeof process')()"],
  ['generator', "return (function* () {}).constructor('yield typeof process')().next().value"],
  ['indirect eval', "return (0, eval)('typeof process')"],
  [
    'prepareStackTrace',
    'Error.prepareStackTrace = (_e, frames) => frames.map((f) => typeof f.getThis()?.process).join();\ntry { $("Nowhere").all() } catch (e) { return String(e.stack) }',
  ],
  [
    'stack overflow in a helper',
    'const f = () => { try { f() } catch (e) { return e.constructor.constructor("return typeof process")() } };\nreturn f()',
  ],
  ['caller', 'return (function probe() { return typeof probe.caller?.process })()'],
  ['shared memory', 'return [typeof SharedArrayBuffer, typeof Atomics, typeof WebAssembly].join()'],
  ['the door of the helper', 'return [typeof __linkflow, typeof __parts].join()'],
  [
    'thenable result',
    'return { then(resolve) { resolve(typeof this.constructor.constructor("return process")) } }',
  ],
  ['proxy of a global', 'return typeof new Proxy(globalThis, {}).process'],
];

test.each(ATTEMPTS)('%s leads nowhere', async (_name, source) => {
  const shown = JSON.stringify((await run(source).catch((error: Error) => error.message)) ?? null);
  expect(shown).not.toMatch(/object|function(?!")|native|node:/);
});

test.each([
  "return import('node:fs')",
  "return import('data:text/javascript,export default 1')",
  "import fs from 'node:fs'",
  'return eval(\'import("fs")\')',
])('no module can be loaded: %s', async (source) => {
  await expect(run(source)).rejects.toMatchObject({ data: { kind: 'config' } });
});

test('what one run leaves behind, the next does not find', async () => {
  await run(
    "globalThis.secret = 1; Object.prototype.polluted = 2; Array.prototype.map = () => 'taken'; JSON.parse = () => 3; DateTime.now = null;",
  );
  expect(
    await run(
      'return [typeof secret, typeof ({}).polluted, [1].map((x) => x), JSON.parse("4"), typeof DateTime.now]',
    ),
  ).toEqual(['undefined', 'undefined', [1], 4, 'function']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('data with the names of prototypes stays data', async () => {
  const json = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}');
  const value = await run('return [{ json: items[0].json, polluted: typeof ({}).polluted }]', {
    items: [{ json }],
  });
  expect(JSON.stringify(value)).toBe(JSON.stringify([{ json, polluted: 'undefined' }]));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test.each([
  'JSON.stringify = () => { throw null }; return 1',
  'Promise.prototype.then = () => undefined; return 1',
  "Promise.prototype.then = (f) => (f?.({ value: 'no json', missing: [1e9] }), Promise.resolve()); return 1",
  "Promise.prototype.then = (f) => (f?.({ value: '[1]', staticData: 'no json', missing: [1e9] }), Promise.resolve()); return 1",
  'Object.defineProperty(Object.prototype, "state", { get: () => "done", set() {} }); return 1',
  'Array.prototype.push = () => { throw 1 }; console.log(1); return 1',
  'throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 1 } })',
  'throw { get message() { throw 1 } }',
  'throw { linkflowItem: 0, error: null }',
  'throw { linkflowLimit: { toString: 1 } }',
  'throw undefined',
  "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { while (true) {} } }); throw e",
  'return Symbol()',
  'return () => 1',
  'Error.stackTraceLimit = 1e9; (function f() { f() })()',
])('breaking its own surroundings harms only the run itself: %s', { timeout: 10_000 }, async (source) => {
  await run(source, { timeoutMs: 500 }).catch((error: Error) => expect(error.name).toBe('NodeError'));
  expect(await run('return 1')).toBe(1);
});
