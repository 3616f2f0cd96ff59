import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { sortNode } from './execute.ts';

const by = (name: string, direction = 'ascending') => ({ name, direction });
const order = async (parameters: JsonObject, values: unknown[]) => {
  const items = values.map((v) => (v === undefined ? { other: 1 } : { v }));
  return jsonOf(await runNode(sortNode, { parameters, items })).map((json) => json.v);
};

test.each<[string, JsonObject, unknown[], unknown[]]>([
  ['numbers', {}, [10, 9, 2], [2, 9, 10]],
  ['the other way round', { fields: [by('v', 'descending')] }, [9, 10, 2], [10, 9, 2]],
  ['letters without regard to capitals', {}, ['b', 'A', 'a', 'B'], ['A', 'a', 'b', 'B']],
  ['capitals first, if told so', { options: { caseSensitive: true } }, ['b', 'A', 'B'], ['A', 'B', 'b']],
  ['numbers in text as numbers beside numbers', {}, [10, '9', 8], [8, '9', 10]],
  ['what is no number after the numbers', {}, ['x', 2, {}, 1], [1, 2, 'x', {}]],
  ['no and yes', {}, [true, false], [false, true]],
  ['empty values at the end', {}, [null, 2, undefined, 1], [1, 2, null, undefined]],
  [
    'empty values at the end also when descending',
    { fields: [by('v', 'descending')] },
    [null, 1, undefined, 2],
    [2, 1, null, undefined],
  ],
  ['empty values at the start', { options: { blanks: 'first' } }, [2, null, 1], [null, 1, 2]],
  ['null as 0', { options: { blanks: 'zero' } }, [1, null, -1, undefined], [-1, null, 1, undefined]],
])('sorts %s', async (_name, parameters, values, expected) => {
  expect(await order({ fields: [by('v')], ...parameters }, values)).toEqual(expected);
});

test('equal items keep their order, and say where they were', async () => {
  const items = [
    { a: 2, n: 1 },
    { a: 1, n: 2 },
    { a: 2, n: 3 },
  ];
  const { outputs } = await runNode(sortNode, { parameters: { fields: [by('a')] }, items });
  expect(outputs.main!.map(({ json, source }) => [json.n, source])).toEqual([
    [2, { item: 1 }],
    [1, { item: 0 }],
    [3, { item: 2 }],
  ]);
});

test('the next field decides where the first is equal, and dots reach into objects', async () => {
  const items = [
    { who: { age: 30 }, n: 1 },
    { who: { age: 20 }, n: 2 },
    { who: { age: 30 }, n: 3 },
  ];
  const parameters = { fields: [by('who.age', 'descending'), by('n', 'descending')] };
  expect(jsonOf(await runNode(sortNode, { parameters, items })).map(({ n }) => n)).toEqual([3, 1, 2]);
});

test('takes a name with dots literally, if told so', async () => {
  const items = [{ 'a.b': 2 }, { 'a.b': 1 }, { a: { b: 0 } }];
  const parameters = { fields: [by('a.b')], options: { dotNotation: false } };
  expect(jsonOf(await runNode(sortNode, { parameters, items }))).toEqual([items[1], items[0], items[2]]);
});

test('a field that no item has is an error that names it', async () => {
  const run = runNode(sortNode, { parameters: { fields: [by('nam')] }, items: [{ name: 1 }] });
  await expect(run).rejects.toMatchObject({ data: { kind: 'config', field: 'fields.0.name' } });
  expect(await runNode(sortNode, { parameters: { fields: [by('x')] }, items: [] })).toEqual({
    outputs: { main: [] },
  });
});

test('shuffles, and loses nothing', async () => {
  const items = Array.from({ length: 20 }, (_, n) => ({ n }));
  const shuffled = jsonOf(await runNode(sortNode, { parameters: { mode: 'random' }, items }));
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort((a, b) => Number(a.n) - Number(b.n))).toEqual(items);
});

test('n8n: by fields, at random, and by code in a Code node', () => {
  const sortFieldsUi = { sortField: [{ fieldName: 'a' }, { fieldName: 'b', order: 'descending' }] };
  const fields = [by('a'), by('b', 'descending')];
  expect(importNode('sort', 1, { sortFieldsUi, options: { disableDotNotation: true } })).toMatchObject({
    type: 'sort',
    status: 'mapped',
    parameters: { fields, options: { dotNotation: false, blanks: 'zero' } },
  });
  expect(importNode('itemLists', 3, { operation: 'sort', sortFieldsUi })).toMatchObject({
    parameters: { fields },
  });
  expect(importNode('sort', 1, { type: 'random' }).parameters).toEqual({ mode: 'random' });
  const code = { type: 'code', code: 'return a.json.n - b.json.n;' };
  const expected = {
    type: 'code',
    parameters: { source: expect.stringContaining(code.code) },
    status: 'mapped',
  };
  expect(importNode('sort', 1, code)).toMatchObject(expected);
  expect(importNode('itemLists', 2, { operation: 'sort', ...code })).toMatchObject(expected);
});
