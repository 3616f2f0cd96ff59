import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { NodeError } from '../errors.ts';
import { compileTemplate, compileValue, ExpressionSyntaxError, templateIssues } from './template.ts';
import { testScope } from './test-scope.ts';

const json = {
  name: 'Ada',
  age: 36,
  tags: ['b', 'a'],
  none: null,
  zero: 0,
  no: false,
  empty: '',
  nested: { list: [{ x: 1 }, { x: 2 }] },
  text: 'The quick brown fox',
};
const render = (template: string, more = {}) => compileTemplate(template).render(testScope(json, more), 0);

describe('a template', () => {
  it.each([
    ['{{ $json.age }}', 36],
    ['{{ $json.nested }}', json.nested],
    ['{{ $json.missing }}', undefined],
    ['{{ $json.missing.deeper }}', undefined],
    ['{{ unknownName }}', undefined],
    [' {{ $json.age }}', ' 36'],
    ['{{ $json.age }}{{ $json.age }}', '3636'],
    ['[{{ $json.none }}{{ $json.missing }}{{ $json.empty }}{{ 0/0 }}]', '[]'],
    ['{{ $json.zero }}/{{ $json.no }}', '0/false'],
    ['x {{ $json.nested }}', 'x [object Object]'],
    ['x {{ $json.tags }}', 'x b,a'],
    ['no block', 'no block'],
    ['', ''],
    ['a \\{{ b }}', 'a {{ b }}'],
    ['C:\\\\{{ $json.age }}', 'C:\\36'],
    ['C:\\dir', 'C:\\dir'],
    ['open {{ never closed', 'open {{ never closed'],
    ['{{ }}', undefined],
    ['{{ {a: {b: 1}} }}', { a: { b: 1 } }],
    ['{{ {a: {b: 1}}.a.b }} and {{ "}}" }}', '1 and }}'],
    ['{{ {a: 1} }}', { a: 1 }],
    ['{{ $json.age; }}', 36],
    ['{{ let a = 1; a + 1 }}', 2],
    ['{{ x = 4\n x * 2 }}', 8],
  ])('renders %j', (template, expected) => {
    expect(render(template)).toEqual(expected);
  });

  it('knows whether it has blocks', () => {
    expect(compileTemplate('plain').isStatic).toBe(true);
    expect(compileTemplate('\\{{ plain }}').isStatic).toBe(true);
    expect(compileTemplate('{{ 1 }}').isStatic).toBe(false);
  });

  it('is compiled once per source', () => {
    expect(compileTemplate('once {{ 1 }}')).toBe(compileTemplate('once {{ 1 }}'));
  });

  it('reports where its syntax is wrong', () => {
    const compile = () => compileTemplate('abc {{ 1 + }}');
    expect(compile).toThrow(ExpressionSyntaxError);
    try {
      compile();
    } catch (error) {
      expect((error as ExpressionSyntaxError).offset).toBe(11);
    }
  });

  it('fails when its value is a function', () => {
    expect(() => render('{{ $json.name.trim }}')).toThrow('This is a function, please add ()');
  });
});

describe('JavaScript in a template', () => {
  it.each([
    ['$json.tags.map(t => t.toUpperCase()).join("-")', 'B-A'],
    ['$json.tags.sort()', ['a', 'b']],
    ['`${$json.name} is ${$json.age}`', 'Ada is 36'],
    ['$json.age > 30 ? "old" : "young"', 'old'],
    ['$json.none ?? "default"', 'default'],
    ['$json?.missing?.deep.deeper', undefined],
    ['$json.missing?.()', undefined],
    ['({ ...$json.nested, extra: 1 }).extra', 1],
    ['Math.max(...[1, 5, 3])', 5],
    ['[...new Set([1, 1, 2])]', [1, 2]],
    ['Object.entries({ a: 1, b: 2 }).map(([k, v]) => k + v)', ['a1', 'b2']],
    ['(({ name, ...rest }) => Object.keys(rest).length)($json)', 8],
    ['((a, b = 2, ...c) => a + b + c.length)(1)', 3],
    ['(function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) })(12)', 144],
    ['(() => { let s = 0; for (let i = 0; i < 5; i++) { if (i === 3) continue; s += i } return s })()', 7],
    [
      '(() => { const f = []; for (let i = 0; i < 3; i++) f.push(() => i); return f.map(g => g()) })()',
      [0, 1, 2],
    ],
    ['(() => { for (const x of [1, 2, 3]) if (x === 2) return x })()', 2],
    ['(() => { const out = []; for (const k in { a: 1, b: 2 }) out.push(k); return out })()', ['a', 'b']],
    [
      '(() => { a: for (const x of [1, 2]) { for (const y of [1, 2]) { if (y === 2) continue a; if (x === 2) break a } } return "ok" })()',
      'ok',
    ],
    ['(() => { switch ($json.age) { case 36: return "x"; default: return "y" } })()', 'x'],
    ['(() => { try { null.x } catch (e) { return e.name } finally { } })()', 'TypeError'],
    ['(() => { try { throw { code: 5 } } catch ({ code }) { return code } })()', 5],
    ['(() => { let i = 0; do { i++ } while (i < 4); while (i > 2) i--; return i })()', 2],
    ['(() => { var o = { n: 1 }; o.n += 4; o["m"] = o.n++; delete o.x; return o })()', { n: 6, m: 5 }],
    ['(() => { let a = 1, b = 2; [a, b] = [b, a]; return [a, b] })()', [2, 1]],
    [
      '(() => { class P { constructor(n) { this.n = n } twice() { return this.n * 2 } } return new P(4).twice() })()',
      8,
    ],
    ['typeof $json.age + typeof missing + typeof Number', 'numberundefinedfunction'],
    ['"name" in $json', true],
    ['new Date(0) instanceof Date', true],
    ['JSON.stringify({ a: [1, undefined], b: undefined })', '{"a":[1,null]}'],
    ['JSON.parse("{\\"a\\":1}").a', 1],
    ['parseInt("12px") + Number("3") + parseFloat("1.5")', 16.5],
    ['[3, 10, 2].sort()', [10, 2, 3]],
    ['[3, 10, 2].sort((a, b) => a - b)', [2, 3, 10]],
    ['["a", "b"].map((x, i) => x + i)', ['a0', 'b1']],
    ['["1", "2"].map(Number)', [1, 2]],
    ['[0, 1, ""].filter(Boolean)', [1]],
    ['[[1, [2]], 3].flat(Infinity)', [1, 2, 3]],
    ['Array.from({ length: 3 }, (_, i) => i)', [0, 1, 2]],
    ['new Map([["a", 1]]).get("a")', 1],
    ['"2024-01-02T03:04:05.000Z".split("T")[0]', '2024-01-02'],
    ['new URL("https://a.example/x?y=1").searchParams.get("y")', '1'],
    ['new Intl.NumberFormat("en-US").format(1234.5)', '1,234.5'],
    ['1 + "1"', '11'],
    ['null + 1', 1],
    ['[] + {}', '[object Object]'],
    ['"b" > "a" && 2 ** 3 === 8', true],
    ['this.$json.age', 36],
    ['window.location', undefined],
  ])('evaluates %s', (code, expected) => {
    expect(render(`{{ ${code} }}`)).toEqual(expected);
  });

  it.each([
    ['$json.text.match(/q\\w+/)[0]', 'quick'],
    ['$json.text.match(/o\\w?/g)', ['ow', 'ox']],
    ['$json.text.replace(/(\\w+) (\\w+)/, "$2 $1")', 'quick The brown fox'],
    ['"a-b_c".split(/[-_]/)', ['a', 'b', 'c']],
    ['"x1y22".replace(/\\d+/g, (d) => `<${d}>`)', 'x<1>y<22>'],
    ['"2024-05".match(/(?<y>\\d{4})-(?<m>\\d\\d)/).groups.m', '05'],
    ['[..."a1b2".matchAll(/[a-z](\\d)/g)].map(m => m[1])', ['1', '2']],
    ['/^\\d+$/.test("123")', true],
    ['"ABC".search(/c/i)', 2],
    [
      '(() => { const r = /\\d/g; const out = []; let m; while ((m = r.exec("1a2"))) out.push(m[0]); return out })()',
      ['1', '2'],
    ],
  ])('matches patterns in %s', (code, expected) => {
    expect(render(`{{ ${code} }}`)).toEqual(expected);
  });

  it('leaves the data unchanged whatever it does', () => {
    const before = structuredClone(json);
    for (const code of [
      '$json.tags.push("z")',
      '$json.nested.list[0].x = 9',
      'delete $json.name',
      'Object.assign($json, { a: 1 })',
      '$json.tags["so" + "rt"]()',
      '$input.first().json.age++',
      '(({ sort }) => sort.call($json.tags))([])',
    ]) {
      render(`{{ ${code} }}`);
    }
    expect(json).toEqual(before);
  });

  it('takes clock, zone and chance from the scope only', () => {
    const scope = {
      now: Date.parse('2024-05-15T14:30:45.123Z'),
      timezone: 'America/New_York',
      random: () => 0.25,
    };
    expect(render('{{ Date.now() }}', scope)).toBe(scope.now);
    expect(render('{{ new Date() }}', scope)).toEqual(new Date(scope.now));
    expect(render('{{ DateTime.now().toISO() }}', scope)).toBe('2024-05-15T10:30:45.123-04:00');
    expect(render('{{ $now.toISO() }} {{ $today.toISO() }}', scope)).toBe(
      '2024-05-15T10:30:45.123-04:00 2024-05-15T00:00:00.000-04:00',
    );
    expect(render('{{ DateTime.fromISO("2024-01-01").toISO() }}', scope)).toBe(
      '2024-01-01T00:00:00.000-05:00',
    );
    expect(render('{{ $now.minus({ days: 1 }).toRelative() }}', scope)).toBe('1 day ago');
    expect(render('{{ Math.random() }}', scope)).toBe(0.25);
    expect(DateTime.isDateTime(render('{{ $now }}', scope))).toBe(true);
  });
});

describe('failures', () => {
  const failure = (template: string) => {
    try {
      render(template);
    } catch (error) {
      expect(error).toBeInstanceOf(NodeError);
      return (error as NodeError).data;
    }
    throw new Error('did not fail');
  };

  it('fails the node for what the author should know', () => {
    expect(failure('{{ $("Nowhere").first() }}')).toMatchObject({
      kind: 'config',
      message: "Referenced node doesn't exist: 'Nowhere'",
      itemIndex: 0,
    });
    expect(failure('{{ $json.age.toTitleCase() }}').message).toBe(
      'toTitleCase() is only callable on type "string"',
    );
    expect(failure('{{ $json.missing.toJsonString() }}').message).toBe(
      "toJsonString() can't be used on undefined value",
    );
    expect(failure('{{ $ }}').kind).toBe('config');
  });

  it('lets the expression catch a missing node', () => {
    expect(render('{{ (() => { try { return $("Nowhere").first() } catch { return "none" } })() }}')).toBe(
      'none',
    );
  });

  it('stops endless work and endless data as a limit', () => {
    for (const code of [
      '(() => { while (true) {} })()',
      '(() => { try { while (true) {} } catch { return 1 } })()',
      '"x".repeat(1e9)',
      '"x".padStart(1e9)',
      'new Array(1e9)',
      '(() => { let s = "x"; while (true) s += s })()',
      '(function f() { return f() })()',
      '(() => { let a = []; for (;;) a.push(a) })()',
      '(() => { let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return a })()',
      '(() => { let n = 9n; for (;;) n = n * n })()',
    ]) {
      expect(failure(`{{ ${code} }}`).kind).toBe('limit');
    }
  });
});

describe('compileValue', () => {
  it('renders deeply and keeps what has no template', () => {
    const fixed = { deep: [1, 2] };
    const value = compileValue({ a: '{{ $json.age }}', b: ['x {{ $json.name }}', fixed], c: fixed });
    const rendered = value.render(testScope(json), 0) as Record<string, unknown>;
    expect(rendered).toEqual({ a: 36, b: ['x Ada', fixed], c: fixed });
    expect(rendered.c).toBe(fixed);
  });

  it('gives a static value itself each time', () => {
    const value = { a: [1, 'text'] };
    const compiled = compileValue(value);
    expect(compiled.isStatic).toBe(true);
    expect(compiled.render(testScope(), 0)).toBe(value);
  });

  it('leaves literal keys alone, on the top level only', () => {
    const value = compileValue(
      { code: '{{ x }}', inner: { code: '{{ 1 }}' } },
      { literalKeys: new Set(['code']) },
    );
    expect(value.render(testScope(), 0)).toEqual({ code: '{{ x }}', inner: { code: 1 } });
  });

  it('gives dates as ISO text', () => {
    expect(compileValue({ at: '{{ $now }}', all: '{{ [new Date(0)] }}' }).render(testScope(), 0)).toEqual({
      at: '2024-05-15T12:00:00.000Z',
      all: ['1970-01-01T00:00:00.000Z'],
    });
  });

  it('names the field that failed', () => {
    const value = compileValue({ a: { b: [0, { c: '{{ $("X").item }}' }] } });
    expect(() => value.render(testScope(), 0)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ field: 'a.b.1.c', itemIndex: 0 }) }),
    );
  });

  it('throws for a template that does not parse only when it is rendered, and lists it for the validator', () => {
    const value = { ok: '{{ 1 }}', bad: ['{{ 1 + }}'] };
    expect(() => compileValue(value).render(testScope(), 0)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ kind: 'config', field: 'bad.0' }) }),
    );
    expect(templateIssues(value)).toEqual([
      { field: 'bad.0', message: 'Invalid syntax: Unexpected token', offset: 7 },
    ]);
    expect(templateIssues(value, { literalKeys: new Set(['bad']) })).toEqual([]);
  });
});
