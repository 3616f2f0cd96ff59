import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { validateNode } from './execute.ts';

const run = (rules: JsonObject[], items: JsonObject[], options: JsonObject = {}) =>
  runNode(validateNode, { parameters: { rules, options }, items });

/** Names of the broken parts of one rule for `v`; empty: the value is fine. */
const broken = async (rule: JsonObject, value: unknown, options: JsonObject = {}) => {
  const result = await run([{ field: 'v', ...rule }], [value === undefined ? {} : { v: value }], options);
  const errors = (jsonOf(result, 'invalid')[0]?.errors ?? []) as { rule: string }[];
  expect(jsonOf(result, 'valid')).toHaveLength(errors.length === 0 ? 1 : 0);
  return errors.map((error) => error.rule);
};

test('valid items leave as they came, others with the list of their errors', async () => {
  const rules = [
    { field: 'email', type: 'email', required: true },
    { field: 'age', type: 'integer', min: 18, message: 'Only grown-ups.' },
  ];
  const items = [
    { email: 'ada@example.com', age: 36 },
    { email: 'ada', age: 3 },
    { email: 'bo@example.com' },
  ];
  const { outputs } = await run(rules, items);
  expect(outputs.valid).toEqual([
    { json: items[0], source: { item: 0 } },
    { json: items[2], source: { item: 2 } },
  ]);
  expect(outputs.invalid).toEqual([
    {
      json: {
        email: 'ada',
        age: 3,
        errors: [
          { field: 'email', rule: 'type', message: 'email must be an e-mail address.' },
          { field: 'age', rule: 'min', message: 'Only grown-ups.' },
        ],
      },
      source: { item: 1 },
    },
  ]);
  expect(items[1]).toEqual({ email: 'ada', age: 3 });
});

test.each([undefined, null, '', []])(
  '%j is empty: an error only where something is required',
  async (value) => {
    expect(await broken({ type: 'text', minLength: 3, required: true }, value)).toEqual(['required']);
    expect(await broken({ type: 'text', minLength: 3 }, value)).toEqual([]);
  },
);

describe.each<[string, unknown[], unknown[]]>([
  ['text', ['x', ' '], [1, true, ['x'], {}]],
  ['number', [0, -1.5], ['1', true, Number.NaN]],
  ['integer', [0, -3], [1.5, '1']],
  ['boolean', [false, true], ['true', 0]],
  ['list', [[1]], [{}, 'x', 1]],
  ['object', [{}], [[1], 'x']],
  ['date', ['2026-02-28', '2026-02-28T10:00:00Z'], ['2026-02-30', 'tomorrow', 5]],
  [
    'email',
    ['a@b.co', 'jo.doe+x@mail.example.org', 'é@exämple.de'],
    ['a', 'a@b', '@b.co', 'a b@c.de', 'a@b@c.de', 'a..b@c.de', 'a@-b.de', 5],
  ],
  [
    'url',
    ['https://example.com/a?b=c', 'http://localhost:3000'],
    ['example.com', 'ftp://x.y', 'javascript:alert(1)', 'https://', 7],
  ],
  ['any', ['x', 0, {}], []],
])('%s', (type, right, wrong) => {
  test.each(right.map((value) => [value]))('%j', async (value) =>
    expect(await broken({ type }, value)).toEqual([]),
  );
  if (wrong.length > 0)
    test.each(wrong.map((value) => [value]))('not %j', async (value) =>
      expect(await broken({ type }, value)).toEqual(['type']),
    );
});

test.each<[JsonObject, unknown, string[]]>([
  [{ type: 'number', min: 1, max: 3 }, 1, []],
  [{ type: 'number', min: 1, max: 3 }, 3.5, ['max']],
  [{ type: 'text', minLength: 2, maxLength: 3 }, '👍👍👍', []],
  [{ type: 'text', minLength: 2 }, 'a', ['minLength']],
  [{ type: 'list', maxLength: 1 }, [1, 2], ['maxLength']],
  [{ pattern: '^[A-Z]+$' }, 'AB', []],
  [{ pattern: '^[A-Z]+$', maxLength: 1 }, 'ab', ['maxLength', 'pattern']],
  [{ oneOf: 'new, paid' }, 'paid', []],
  [{ oneOf: 'new, paid' }, 'Paid', ['oneOf']],
  [{ type: 'number', oneOf: '1, 2' }, 2, []],
])('%j of %j finds %j', async (rule, value, expected) => {
  expect(await broken(rule, value)).toEqual(expected);
});

test('a rule that a type hides does not count', async () => {
  expect(await broken({ type: 'boolean', min: 5, pattern: 'x', oneOf: 'y' }, true)).toEqual([]);
});

test('converts texts, if told so', async () => {
  const rules = [
    { field: 'n', type: 'number' },
    { field: 'ok.b', type: 'boolean' },
    { field: 't', type: 'text' },
  ];
  const result = await run(rules, [{ n: '12', ok: { b: 'true' }, t: '12' }], { convert: true });
  expect(jsonOf(result, 'valid')).toEqual([{ n: 12, ok: { b: true }, t: '12' }]);
  expect(await broken({ type: 'number' }, 'abc', { convert: true })).toEqual(['type']);
});

test('reaches into objects, unless told otherwise', async () => {
  const rule = { field: 'a.b', required: true };
  expect(jsonOf(await run([rule], [{ a: { b: 1 } }]), 'valid')).toHaveLength(1);
  expect(jsonOf(await run([rule], [{ a: { b: 1 } }], { dotNotation: false }), 'invalid')).toHaveLength(1);
});

test('refuses fields without a rule, if told so, and puts errors where it is told', async () => {
  const rules = [{ field: 'a.b' }, { field: 'c' }];
  const result = await run(rules, [{ a: {}, c: 1, d: 2 }], { refuseOthers: true, errorsField: 'wrong.here' });
  expect(jsonOf(result, 'invalid')[0]).toMatchObject({
    'wrong.here': [{ field: 'd', rule: 'unknown', message: 'd is not expected.' }],
  });
});

test('names the pattern that does not parse', async () => {
  await expect(run([{ field: 'v', pattern: '[' }], [{ v: 1 }])).rejects.toMatchObject({
    data: { kind: 'config', field: 'rules.0.pattern' },
  });
});

test('of nothing finds nothing', async () => {
  expect((await run([{ field: 'v', required: true }], [])).outputs).toEqual({ valid: [], invalid: [] });
});
