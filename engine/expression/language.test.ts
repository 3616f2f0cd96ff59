import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { NodeError } from '../errors.ts';
import { plainValue } from './plain-value.ts';
import { compileTemplate, ExpressionSyntaxError } from './template.ts';
import { testScope } from './test-scope.ts';

/** What the language has beyond JavaScript, at its edges; functions.test.ts has the documented example of each function. */
const json = {
  rows: [
    { id: 1, name: 'a', tags: ['x'] },
    { id: 1, name: 'b', tags: ['x'] },
    { id: 2, name: 'a', tags: [] },
  ],
  text: 'Straße in Łódź',
};
const render = (source: string, data: object = json) =>
  plainValue(compileTemplate(`{{ ${source} }}`).render(testScope(data as typeof json), 0));

describe('functions of values', () => {
  it.each<[string, unknown]>([
    ["$json.rows.unique('id').map((r) => r.name)", ['a', 'a']],
    ["$json.rows.unique('id', 'name').length", 3],
    ['[[1], [1], { a: [1] }, { a: [1] }, { a: [2] }].unique().length', 3],
    ["[new Date(0), DateTime.fromMillis(0), '1970'].unique().length", 2],
    ["$json.rows.pluck('id', 'name')[0]", [1, 'a']],
    ["[{ a: 1, b: 2 }, 'x'].renameKeys('a', 'z')", [{ z: 1, b: 2 }, 'x']],
    ["[{ k: 'a', v: 1 }, { k: 'b', v: 2 }].smartJoin('k', 'v')", { a: 1, b: 2 }],
    ['[1, 2, 3, 4, 5].chunk(2)', [[1, 2], [3, 4], [5]]],
    ["['4', 6].sum() + ['4', 6].average()", 15],
    ["['4', 6].max() - ['4', 6].min()", 2],
    ["'1715774400'.toDateTime('s').toISO()", '2024-05-15T12:00:00.000Z'],
    ["'1715774400000'.toDateTime('ms').toISO()", '2024-05-15T12:00:00.000Z'],
    ['(1715774400000000).toDateTime("us").toISO()', '2024-05-15T12:00:00.000Z'],
    ["(45427.5).toDateTime('excel').toISO()", '2024-05-15T12:00:00.000Z'],
    ["'15.05.2024'.toDateTime('dd.MM.yyyy').toISODate()", '2024-05-15'],
    ["'Wed, 15 May 2024 12:00:00 GMT'.toDateTime().toISO()", '2024-05-15T12:00:00.000Z'],
    ["'May 15, 2024 10:30'.toDateTime().toISO()", '2024-05-15T10:30:00.000Z'],
    ["'2024-05-15T10:30:00+02:00'.toDateTime().toISO()", '2024-05-15T10:30:00.000+02:00'],
    ["'2024-05-15T10:30:00.000Z'.plus(1, 'day') instanceof Date", true],
    ["'2024-05-15T10:30:00.000Z'.format('dd.MM.yyyy')", '15.05.2024'],
    ["'# One *two* ![image](a.png) [three](b) `four`'.removeMarkdown()", 'One two  three four'],
    ["'so IT is. is it? 2 yes!no'.toSentenceCase()", 'So it is. Is it? 2 Yes!No'],
    ["'https://user@shop.example.com:8080/a?b'.extractDomain()", 'shop.example.com'],
    ["'no domain here'.extractDomain()", undefined],
    ['$json.text.replaceSpecialChars()', 'Strasse in Lodz'],
    ["$jmespath($json, 'rows[?id==`2`].name')", ['a']],
    ['$max(1, 5, 2) + $min(4, 3)', 8],
    ["$if(1 > 2, 'yes', 'no') + $if(false, 'x')", 'nofalse'],
    ["$ifEmpty('', 'fallback') + $ifEmpty('given', 'x')", 'fallbackgiven'],
    ["zip(['a', 'b'], [1, 2])", { a: 1, b: 2 }],
    ['new DateTime().toISO()', '2024-05-15T12:00:00.000Z'],
    ['[DateTime.now() instanceof DateTime, $now.diff($now) instanceof Duration]', [true, true]],
    ['Interval.after($now, { hours: 1 }) instanceof Interval', true],
    ['String(new Map()) + String(new Set()) + new Uint8Array([1, 2])', '[object Map][object Set]1,2'],
    ['[new Uint8Array([1, 2])]', [[1, 2]]],
    ["Symbol('x').description", 'x'],
    ['typeof (() => 1).toString()', 'string'],
    [
      '[Object.isFrozen({}), Object.isSealed({}), Object.freeze({ a: 1 }), Object.seal({}), Object.create({ a: 1 })]',
      [false, false, { a: 1 }, {}, {}],
    ],
    ["new Error('x').toString() + new Error('y').cause", 'Error: xundefined'],
    ['Math.max.name', 'max'],
    ['new Intl.DateTimeFormat("en-US").format()', '5/15/2024'],
    ["new Intl.NumberFormat(['de', 'en']).format(1234.5)", '1.234,5'],
    ["'abc'.replace('b', '$`')", 'a$`c'],
  ])('%s', (source, expected) => {
    expect(render(source)).toEqual(expected);
  });
});

describe('misuse', () => {
  it.each<[string, string]>([
    ['[1].chunk(0)', 'chunk() needs a size of at least 1'],
    ["[1].union('x')", 'union() needs an array'],
    ["[{}].renameKeys('a')", 'renameKeys() needs pairs of names'],
    ["[{}].smartJoin('a')", "smartJoin() needs two names: smartJoin('name', 'value')"],
    ['zip([1], [])', 'zip() needs two arrays of the same length'],
    ['$ifEmpty(1)', '$ifEmpty() needs a value and what to use when it is empty'],
    ['$if(1)', '$if() needs a condition and a value'],
    ["'{bad}'.parseJson()", 'Parsing failed'],
    ["`{'a': 1}`.parseJson()", "Check you're using double quotes"],
    ["'tomorrow-ish'.toDateTime()", "cannot convert to Luxon DateTime: 'tomorrow-ish'"],
    ["(5).toDateTime('fortnights')", 'toDateTime() knows the units'],
    ["'x'.hash('crc')", 'hash() knows'],
    ['$()', "$() needs the name of a node: $('Node name')"],
    ['$jmespath({}, 5)', '$jmespath needs a query text as its second argument'],
    ["$jmespath('x', 'a')", '$jmespath needs an object or array as its first argument'],
    ["$jmespath({}, '[')", ''],
    ["$('Start').itemMatching()", 'itemMatching() needs the index of an item'],
    ['$now.plus()', 'plus() and minus() need an amount and a unit'],
    ['$fromAI()', '$fromAI needs a key of 1 to 64 letters, digits, underscores or hyphens'],
    ["$fromAI('city')", "No value for 'city': it is filled in when a model calls this node as a tool"],
    ["({ a: 1 }).keepFieldsContaining('')", 'needs a text that is not empty'],
    ["DateTime.fromFormat('1', 'yMdHmsS yMdHmsS yMdHmsS')", 'The date format can be read in too many ways'],
    ['(() => 1)', 'This is a function, please add ()'],
    ['DateTime', 'This is the type DateTime: call one of its functions'],
    ['2n ** 5000n', 'makes a number that is too large'],
    ["'x'.repeat(1e9)", 'makes too much data'],
  ])('%s fails the node', (source, message) => {
    expect(() => render(source)).toThrow(NodeError);
    expect(() => render(source)).toThrow(message);
  });

  it.each<[string, string]>([
    ['(function* () { yield 1 })()', 'generators are not supported'],
    ['(async () => 1)()', ''],
    ['({ get a() { return 1 } })', 'Getters and setters are not supported in expressions'],
    ['(() => { class A { static x = 1 } })()', 'Only plain methods and fields are supported in classes'],
    ['(() => { class A { #x = 1; f() { return this.#x } } })()', ''],
    ['import("x")', ''],
    ['new.target', ''],
    ['5 = 6', ''],
  ])('%s does not compile', (source, message) => {
    const compile = () => compileTemplate(`{{ ${source} }}`).render(testScope(), 0);
    expect(compile).toThrow(ExpressionSyntaxError);
    expect(compile).toThrow(message);
  });

  it.each([
    '(() => { const a = 1; a = 2 })()',
    'Object.keys(null)',
    '(() => { null.x = 1 })()',
    '(() => { Math.PI = 3 })()',
    "(() => { 'text'.x = 1 })()",
    'DateTime.fromISO("x".repeat(600))',
    'Reflect.apply',
    '(0, ({}).missing)()',
    "new Date().getTime.call('x')",
    '/x/.exec.call(5)',
  ])('%s gives nothing', (source) => {
    expect(render(source)).toBeUndefined();
  });
});

describe('what a model filled in', () => {
  it('is found in the item or its query, or is the fallback', () => {
    expect(render("$fromAI('city')", { query: { city: 'Oslo' } })).toBe('Oslo');
    expect(render("$fromAI('city', 'where', 'string', 'Bergen')", {})).toBe('Bergen');
    expect(render('$tool', { tool: 'weather', city: 'Oslo' })).toEqual({
      name: 'weather',
      parameters: { city: 'Oslo' },
    });
    expect(render('$tool', {})).toBeUndefined();
  });
});

describe('dates', () => {
  it('are luxon’s, with the clock and zone of the execution', () => {
    const scope = testScope({}, { timezone: 'Europe/Berlin' });
    const value = compileTemplate("{{ '2024-05-15 10:30'.toDateTime() }}").render(scope, 0);
    expect(DateTime.isDateTime(value) ? value.toISO() : value).toBe('2024-05-15T10:30:00.000+02:00');
    expect(compileTemplate('{{ $now.toFormat("HH:mm ZZ") }}').render(scope, 0)).toBe('14:00 +02:00');
  });
});
