import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeError } from '../errors.ts';
import { compileTemplate, ExpressionSyntaxError } from './template.ts';
import { testScope } from './test-scope.ts';

const evaluate = (code: string, extra?: Record<string, unknown>) =>
  compileTemplate(`{{ ${code} }}`).render(testScope({ list: [1, 2], name: 'n' }, { extra }), 0);

/** Every spelling of the way from a value to its constructor, to code, or to a prototype. */
const FORBIDDEN = [
  '({}).constructor',
  '[].constructor.constructor("return process")()',
  '"".constructor',
  '(0)["constructor"]',
  '({})["con" + "structor"]',
  '({})[`constr${"uctor"}`]',
  '({})[["constructor"]]',
  '({})[{ toString: () => "constructor" }]',
  '({})[{ toString: (() => { let n = 0; return () => n++ ? "constructor" : "constructor" })() }]',
  '(() => {})["constructor"]("return 1")()',
  '$json.constructor',
  '$json?.constructor',
  '$json.list.__proto__',
  '$now.constructor',
  '$now["__proto__"]',
  'DateTime.prototype',
  'DateTime.now().zone.constructor',
  'Duration.fromMillis(1).constructor',
  '/x/.constructor',
  'new Map().constructor',
  'new Error("x").constructor',
  'Math.constructor',
  'JSON["constructor"]',
  '$input.constructor',
  '$("Start").constructor',
  'this.constructor',
  'this["constructor"]["constructor"]',
  'constructor',
  '__proto__',
  '(({ constructor }) => constructor)({})',
  '(({ constructor: c }) => c)({})',
  '(({ ["constructor"]: c }) => c)({})',
  '(() => { const { __proto__: p } = []; return p })()',
  '(() => { let c; ({ constructor: c } = {}); return c })()',
  '(() => { for (const { constructor } of [[]]) return constructor })()',
  '(() => { try { throw [] } catch ({ constructor }) { return constructor } })()',
  '(() => { const o = {}; o.__proto__ = { a: 1 }; return o })()',
  '(() => { const o = {}; o["__pro" + "to__"] = { a: 1 }; return o })()',
  '({ __proto__: { polluted: true } })',
  '({ ["__proto__"]: 1 })',
  '({}).__defineGetter__("x", () => 1)',
  '({}).__lookupGetter__("__proto__")',
  '__lookupGetter__("__proto__")',
  'Object.fromEntries([["__proto__", { a: 1 }]])',
  'Object.groupBy([1], () => "constructor")',
  'Object.assign({}, JSON.parse("{\\"__proto__\\": 1}"))',
  'zip(["__proto__"], [1])',
  '[{ k: "__proto__", v: 1 }].smartJoin("k", "v")',
  '$jmespath({}, "constructor")',
  '$jmespath({}, "__proto__")',
  'extend({}, "constructor")',
  'extend(parseFloat, { toString: () => "constructor" }, [])',
  '[1].map(Object.constructor)',
  'Array.from([1], (x) => x.constructor)',
  'Array.from({ length: 1 }, () => ({}).constructor)',
  '[1].reduce((a, b) => a.constructor, {})',
  '"x".replace(/x/, (m) => m.constructor)',
  'JSON.stringify({ toJSON() { return this.constructor } })',
  'JSON.parse("{}", (k, v) => v.constructor)',
  '[2, 1].sort((a, b) => a.constructor)',
  'Error.prepareStackTrace',
  '(() => { Error.prepareStackTrace = (e, s) => s })()',
  '(() => {}).caller',
  '(() => {})["arguments"]',
  'process.mainModule',
  'process.binding("fs")',
  'globalThis.process',
  '((g) => g.process.env)((() => window)())',
  'self["req" + "uire"]("fs")',
  '({ ...process })',
  '[...globalThis]',
  '(() => { class A extends Function {} return new A("return 1")() })()',
  '(() => { with ({}) { return 1 } })()',
  '(() => { const __sanitize = (x) => x; return 1 })()',
];

/** Not errors, but nothing to be had either. */
const HARMLESS: [string, unknown][] = [
  ['Object.getOwnPropertyDescriptor({}, "a")', undefined],
  ['Object.defineProperty', undefined],
  ['Object.setPrototypeOf({}, null)', undefined],
  ['Object.getPrototypeOf([])', undefined],
  ['Reflect.ownKeys($json)', undefined],
  ['new Proxy({}, {})', undefined],
  ['eval("1")', undefined],
  ['Function("return 1")()', undefined],
  ['new Function("return 1")', undefined],
  ['setTimeout(() => 1)', undefined],
  ['require("fs")', undefined],
  ['import.meta', undefined],
  ['window.document', undefined],
  ['process.env.PATH', undefined],
  ['$env.PATH', undefined],
  ['$now.loc', undefined],
  ['$now.c', undefined],
  ['$now.zone.offset', undefined],
  ['$jmespath({ a: 1 }, "\\"\\\\u0063onstructor\\"")', null],
  ['$jmespath({ a: 1 }, "toString")', null],
  ['$evaluateExpression', undefined],
  ['"toString" in $json', false],
  ['$json.hasOwnProperty("constructor")', false],
  ['Object.keys(Math)', []],
  ['(function () { return this.process })()', {}],
  ['(function () { return arguments })(1)', undefined],
];

describe('the sandbox', () => {
  it.each(FORBIDDEN)('refuses %s', (code) => {
    expect(() => evaluate(code)).toThrow(NodeError);
    expect(() => evaluate(code)).toThrow(/security concerns|not allowed|cannot extend|is reserved/);
  });

  it.each(FORBIDDEN)('does not let a try block swallow %s', (code) => {
    expect(() => evaluate(`(() => { try { return ${code} } catch { return "caught" } })()`)).toThrow(
      NodeError,
    );
  });

  it.each(HARMLESS)('gives nothing for %s', (code, expected) => {
    let value: unknown;
    try {
      value = evaluate(code);
    } catch (error) {
      if (!(error instanceof NodeError) && !(error instanceof ExpressionSyntaxError)) throw error;
    }
    expect(value ?? null).toEqual(expected ?? null);
  });

  it('reads fields of data by names that are only forbidden on functions', () => {
    expect(evaluate('call.arguments', { call: { arguments: '{}' } })).toBe('{}');
    expect(() => evaluate('call.constructor', { call: { constructor: 1 } })).toThrow('security');
  });

  it('keeps host objects clean', () => {
    evaluate('(() => { const o = JSON.parse("{\\"__proto__\\": {\\"polluted\\": 1}}"); return { ...o } })()');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    '/(a+)+$/.test("a".repeat(5000) + "b")',
    '"a".repeat(50000).match(/(.*)*x/)',
    '/^(([a-z])+.)+[A-Z]([a-z])+$/.test("a".repeat(10000))',
    '(() => { let x = "a"; for (let i = 0; i < 60; i++) x = x.replaceAll("a", "aa"); return x.length })()',
    '(() => { let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; return String(a) })()',
    '(() => { let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; return a == "x" })()',
    '(() => { let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; return JSON.stringify(a) })()',
    '(() => { let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; return parseInt(a) })()',
    '(() => { let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; return (1).toLocaleString("en", { style: a }) })()',
    '(() => { let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; return [1, 2].slice(a) })()',
    '(() => { let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; return [a].unique().length + a.flat(99).length })()',
    '$jmespath([1], "[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|[@,@,@]|to_string(@)")',
    'Interval.fromDateTimes(DateTime.fromISO("1000-01-01"), DateTime.fromISO("3000-01-01")).splitBy({ milliseconds: 1 })',
    'Interval.fromDateTimes(DateTime.fromISO("2000-01-01"), DateTime.fromISO("3000-01-01")).splitBy({ days: -1 })',
    'Interval.fromDateTimes(DateTime.fromISO("2000-01-01"), DateTime.fromISO("3000-01-01")).divideEqually(1e9)',
    'DateTime.fromFormat("1".repeat(400), "hmshmshmshmshmshmshmshms")',
    '[1].concat(Array.from({ length: 4000000 })).sort()',
    '(() => { const m = new Map(); for (let i = 0; ; i++) m.set(i, i) })()',
    '(() => { const s = new Set([0]); s.forEach((x) => s.add(x + 1)) })()',
    '(() => { const a = []; a[4294967290] = 1; return a.length })()',
    '(() => { const f = () => f(); return f() })()',
    '(() => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o })()',
    '"(".repeat(1000).split("").map(() => "x".repeat(100000)).join("")',
    '[...Array(3000).keys()].flatMap((x) => Array(3000).fill(x))',
  ])('ends soon for %s', (code) => {
    const start = performance.now();
    try {
      evaluate(code);
    } catch (error) {
      expect(error).toBeInstanceOf(NodeError);
    }
    expect(performance.now() - start).toBeLessThan(4000);
  });

  it('fails deeply nested source as a syntax error', () => {
    expect(() => compileTemplate(`{{ ${'('.repeat(20000)}1${')'.repeat(20000)} }}`)).toThrow(
      ExpressionSyntaxError,
    );
    expect(() => compileTemplate(`{{ ${'['.repeat(20000)}${']'.repeat(20000)} }}`)).toThrow(
      ExpressionSyntaxError,
    );
  });
});

const names = [
  '$json',
  '$input',
  '$now',
  'Object',
  'Array',
  'Math',
  'JSON',
  'DateTime',
  'Map',
  'String',
  'process',
  'globalThis',
  'this',
  'x',
];
const members = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'call',
  'apply',
  'bind',
  'map',
  'list',
  'keys',
  'name',
  'length',
  'first',
  'now',
  'from',
];

/** Programs from the pieces that escapes are made of. */
const program: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...names, '1', '"a"', '[]', '({})', '(() => {})', '/a/', 'null'),
    fc.tuple(tie('expression'), fc.constantFrom(...members)).map(([o, m]) => `${o}.${m}`),
    fc
      .tuple(tie('expression'), fc.constantFrom(...members))
      .map(([o, m]) => `${o}["${m.slice(0, 3)}" + "${m.slice(3)}"]`),
    fc
      .tuple(tie('expression'), fc.array(tie('expression'), { maxLength: 2 }))
      .map(([f, a]) => `${f}(${a.join(', ')})`),
    fc
      .tuple(tie('expression'), tie('expression'), fc.constantFrom('+', '==', '||', 'in', ','))
      .map(([a, b, o]) => `(${a} ${o} ${b})`),
    tie('expression').map((e) => `[${e}].map((x) => x)`),
    tie('expression').map((e) => `({ ...${e}, a: ${e} })`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a} ? ${b} : (x = ${a}))`),
  ),
})).expression;

describe('any program', () => {
  it('ends soon, and gives data or a NodeError, never a function or a host object', () => {
    fc.assert(
      fc.property(program, (code) => {
        const start = performance.now();
        try {
          expect(isData(evaluate(code))).toBe(true);
        } catch (error) {
          expect(error instanceof NodeError || error instanceof ExpressionSyntaxError).toBe(true);
        }
        expect(performance.now() - start).toBeLessThan(3000);
      }),
      { numRuns: 1500 },
    );
  });

  it('never throws anything else for arbitrary text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]()`$.,;:\'"\\/ab1=>+-*&|?!<% \n'), maxLength: 40 }),
        (text) => {
          try {
            compileTemplate(`{{${text}}} ${text}`).render(testScope(), 0);
          } catch (error) {
            expect(error instanceof NodeError || error instanceof ExpressionSyntaxError).toBe(true);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

function isData(value: unknown): boolean {
  if (typeof value === 'function') return false;
  if (typeof value !== 'object' || value === null) return true;
  const name = Object.getPrototypeOf(value)?.constructor?.name ?? 'Object';
  if (!['Object', 'Array', 'Date', 'DateTime', 'Duration', 'Interval', 'Map', 'Set', 'Error'].includes(name))
    return false;
  return ['DateTime', 'Duration', 'Interval'].includes(name) || Object.values(value).every(isData);
}
