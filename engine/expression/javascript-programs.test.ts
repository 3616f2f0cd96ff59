import { describe, expect, it } from 'vitest';
import { linesOf, ours, theirs } from '#tests/support/javascript.ts';

/** Functions, classes, statements and what is thrown: as in javascript.test.ts, Node says what is right. */
const PROGRAMS: Record<string, string> = {
  functions: `
    ((a, b = a + 1, ...rest) => [a, b, rest])(1, undefined, 3, 4)
    (function f(n) { return n < 2 ? 1 : n * f(n - 1) })(5)
    (() => { const add = (a) => (b) => a + b; return add(1)(2) })()
    (() => { function f() { return this?.x } return f.call({ x: 1 }) + f.apply({ x: 2 }, []) + f.bind({ x: 3 })() })()
    (() => { const f = (a, b, c) => [a, b, c]; return f.bind(null, 1, 2)(3) })()
    Math.max.apply(null, [1, 5, 2])
    Math.max(...[1, 5, 2], 3)
    (() => { class P { x = 1; constructor(y) { this.y = y } sum() { return this.x + this.y } } return new P(2).sum() })()
    (() => { class P { a = [1] } const p = new P(); p.a.push(2); return [p.a, new P().a] })()
    (() => { const f = function () { return typeof this }; return f.call(5) === 'object' || true })()
  `,
  statements: `
    (() => { let s = 0; for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i === 4) break; s += i } return s })()
    (() => { let s = ''; for (const c of 'abc') s = c + s; return s })()
    (() => { const keys = []; for (const k in { a: 1, b: 2 }) keys.push(k); return keys })()
    (() => { const at = []; for (const i in ['x', 'y']) at.push(i); return at })()
    (() => { const out = []; for (const [k, v] of Object.entries({ a: 1 })) out.push(k + v); return out })()
    (() => { let n = 3; while (n > 0) n--; do { n++ } while (n < 2); return n })()
    (() => { outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer } } return 'done' })()
    (() => { a: { break a } return 1 })()
    (() => { const f = []; for (let i = 0; i < 3; i++) f.push(() => i); return f.map((g) => g()) })()
    (() => { const f = (x) => { switch (x) { case 1: return 'one'; case 2: case 3: return 'few'; default: return 'many' } }; return [f(1), f(2), f(3), f(4)] })()
    (() => { let s = ''; switch (2) { case 1: s += 1; case 2: s += 2; case 3: s += 3; break; default: s += 'd' } return s })()
    (() => { let s = ''; switch (9) { default: s += 'd'; case 1: s += 1 } return s })()
    (() => { try { throw new Error('x') } catch (e) { return e.message + e.name } finally { 1 } })()
    (() => { try { return 1 } finally { return 2 } })()
    (() => { let s = ''; try { try { null.x.y } finally { s += 'f' } } catch { s += 'c' } return s })()
    (() => { try { throw { code: 5 } } catch ({ code }) { return code } })()
    (() => { try { JSON.parse('{') } catch (e) { return e instanceof SyntaxError } })()
    (() => { var a = 1; { var a = 2 } return a })()
    (() => { let a = 1; { let a = 2 } return a })()
    (() => { if (0) return 1; else if (1) return 2; else return 3 })()
    (() => { return hoisted(); function hoisted() { return 'up' } })()
    (() => { const { a, b: { c = 5 } = {} } = { a: 1 }; const [x, , y = 3, ...z] = [1, 2, undefined, 4, 5]; return [a, c, x, y, z] })()
    (() => { ; debugger; return 1 })()
  `,
};

/** What is thrown can be caught; nobody catches it, and the expression gives nothing, as in n8n. */
const FAILURES = `
    null.x()
    undefined()
    (5)()
    new (() => 1)()
    'a'.repeat(-1)
    (1.5).toFixed(200)
    [].reduce((a, b) => a)
    new Array(-1)
    JSON.parse('{bad')
    BigInt(1.5)
    1n + 1
    Map()
    new Map([1])
    [...5]
    decodeURIComponent('%')
    Object.keys(null)
    'a'.matchAll(/a/)
    'a'.replaceAll(/a/, 'b')
    JSON.stringify(1n)
    (() => { const a = {}; a.a = a; return JSON.stringify(a) })()
    (() => { throw new RangeError('out') })()
    1 in 'x'
    'x' instanceof 5
    Symbol() + ''
    new Intl.NumberFormat('no such locale!')
    (() => { const { a } = null })()
    (() => { const [a] = 5 })()
    (() => { class A {} return A() })()
    new URL('not a url')
    URL('https://a.example')
`;

describe.each(Object.entries(PROGRAMS))('%s', (_name, text) => {
  it.each(linesOf(text))('%s', (source) => {
    expect(ours(source)).toEqual(theirs(source));
  });
});

describe('what fails', () => {
  it.each(linesOf(FAILURES))('%s', (source) => {
    const caught = `(() => { try { return ['gave', (${source})] } catch (e) { return e.name } })()`;
    expect(theirs(caught)).toBeTypeOf('string');
    expect(ours(caught)).toBe(theirs(caught));
    expect(ours(source)).toBeUndefined();
  });
});
