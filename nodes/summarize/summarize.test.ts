import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { summarizeNode } from './execute.ts';

const sales = [
  { country: 'IT', paid: true, amount: 10, tag: 'a', at: { year: 2025 } },
  { country: 'FR', paid: true, amount: 5, tag: 'b', at: { year: 2026 } },
  { country: 'IT', paid: false, amount: '2', tag: null, at: { year: 2025 } },
  { country: 'IT', paid: true, tag: 'a', at: { year: 2024 } },
];
const figure = (aggregation: string, field: string, more: JsonObject = {}) => ({
  aggregation,
  field,
  ...more,
});
const run = async (parameters: JsonObject, items: JsonObject[] = sales) =>
  jsonOf(await runNode(summarizeNode, { parameters, items }));

test.each<[string, JsonObject, unknown]>([
  ['counts values that are there', figure('count', 'tag'), { count_tag: 3 }],
  ['counts different values', figure('countUnique', 'tag'), { unique_count_tag: 2 }],
  [
    'counts an empty value as one more',
    figure('countUnique', 'tag', { includeEmpty: true }),
    { unique_count_tag: 3 },
  ],
  ['adds up, numbers in text too', figure('sum', 'amount'), { sum_amount: 17 }],
  ['leaves out of the average what is no number', figure('average', 'amount'), { average_amount: 17 / 3 }],
  ['finds the smallest', figure('min', 'at.year'), { min_at_year: 2024 }],
  ['finds the largest', figure('max', 'at.year'), { max_at_year: 2026 }],
  ['lists values', figure('append', 'tag'), { appended_tag: ['a', 'b', 'a'] }],
  [
    'lists empty values too',
    figure('append', 'tag', { includeEmpty: true }),
    { appended_tag: ['a', 'b', null, 'a'] },
  ],
  ['joins values', figure('concatenate', 'tag', { separator: ' / ' }), { concatenated_tag: 'a / b / a' }],
  ['uses the name it is given', figure('count', 'tag', { name: 'n' }), { n: 3 }],
  ['has no average of nothing', figure('average', 'none'), { average_none: null }],
  ['has no largest of nothing', figure('max', 'none'), { max_none: null }],
  ['has nothing to add up', figure('sum', 'none'), { sum_none: 0 }],
])('%s', async (_name, value, expected) => {
  expect(await run({ values: [value] })).toEqual([expected]);
});

test('objects are joined as JSON', async () => {
  expect(await run({ values: [figure('concatenate', 'at')] }, sales.slice(0, 1))).toEqual([
    { concatenated_at: '{"year":2025}' },
  ]);
});

test('groups by several fields, keeps the types of their values, and says which items are in a group', async () => {
  const parameters = { values: [figure('count', 'country')], groupBy: 'country, paid' };
  const { outputs } = await runNode(summarizeNode, { parameters, items: sales });
  expect(outputs.main).toEqual([
    { json: { country: 'IT', paid: true, count_country: 2 }, source: [{ item: 0 }, { item: 3 }] },
    { json: { country: 'IT', paid: false, count_country: 1 }, source: [{ item: 2 }] },
    { json: { country: 'FR', paid: true, count_country: 1 }, source: [{ item: 1 }] },
  ]);
});

test('groups by a field inside an object under a plain name', async () => {
  expect(await run({ values: [figure('count', 'country')], groupBy: 'at.year' })).toEqual([
    { at_year: 2025, count_country: 2 },
    { at_year: 2026, count_country: 1 },
    { at_year: 2024, count_country: 1 },
  ]);
});

test('values to group by may become text: whole numbers in their order, nothing as a word', async () => {
  const items = [{ g: 10, v: 1 }, { g: 'x', v: 1 }, { g: 9, v: 1 }, { v: 1 }];
  const parameters = { values: [figure('count', 'v')], groupBy: 'g', options: { textGroups: true } };
  expect((await run(parameters, items)).map(({ g }) => g)).toEqual(['9', '10', 'x', 'undefined']);
});

test('items without a group are one group, or left out', async () => {
  const items = [{ g: 'a', v: 1 }, { v: 1 }, { g: '', v: 1 }, { g: 0, v: 1 }];
  const parameters = { values: [figure('count', 'v')], groupBy: 'g' };
  expect(await run(parameters, items)).toEqual([
    { g: 'a', count_v: 1 },
    { count_v: 1 },
    { g: '', count_v: 1 },
    { g: 0, count_v: 1 },
  ]);
  expect(await run({ ...parameters, options: { skipEmptyGroups: true } }, items)).toEqual([
    { g: 'a', count_v: 1 },
    { g: 0, count_v: 1 },
  ]);
});

test('can put all groups into one item, one inside the other', async () => {
  const options = { output: 'nested' };
  expect(await run({ values: [figure('sum', 'amount')], groupBy: 'country, paid', options })).toEqual([
    { IT: { true: { sum_amount: 10 }, false: { sum_amount: 2 } }, FR: { true: { sum_amount: 5 } } },
  ]);
});

test('a group called like the prototype harms nobody', async () => {
  const items = [JSON.parse('{"g": "__proto__", "v": 1}') as JsonObject];
  expect(
    await run({ values: [figure('sum', 'v')], groupBy: 'g', options: { output: 'nested' } }, items),
  ).toEqual([{}]);
  expect(({} as JsonObject).sum_v).toBeUndefined();
});

test('a field that no item has: nothing to count, a failure, or an empty item', async () => {
  const values = [figure('count', 'nowhere')];
  expect(await run({ values })).toEqual([{ count_nowhere: 0 }]);
  expect(await run({ values, options: { missing: 'empty' } })).toEqual([{}]);
  await expect(run({ values, options: { missing: 'fail' } })).rejects.toMatchObject({
    data: { kind: 'config', field: 'values.0.field' },
  });
});

test('a name with dots can be literal', async () => {
  const items = [{ 'a.b': 1, a: { b: 2 } }, { a: { b: 3 } }];
  expect(await run({ values: [figure('append', 'a.b')] }, items)).toEqual([{ appended_a_b: [1, 3] }]);
  expect(await run({ values: [figure('append', 'a.b')], options: { dotNotation: false } }, items)).toEqual([
    { appended_a_b: [1] },
  ]);
});

test('n8n: separators, options and what changed between versions', () => {
  const fieldsToSummarize = {
    values: [
      { field: 'a' },
      {
        aggregation: 'concatenate',
        field: 'b',
        separateBy: 'other',
        customSeparator: '+',
        includeEmpty: true,
      },
    ],
  };
  const options = { outputFormat: 'singleItem', disableDotNotation: true, skipEmptySplitFields: true };
  expect(
    importNode('summarize', 1.1, { fieldsToSummarize, fieldsToSplitBy: 'c, d', options }).parameters,
  ).toEqual({
    values: [
      { aggregation: 'count', field: 'a' },
      { aggregation: 'concatenate', field: 'b', includeEmpty: true, separator: '+' },
    ],
    groupBy: 'c, d',
    options: { dotNotation: false, output: 'nested', skipEmptyGroups: true, textNumbers: false },
  });
  const old = (type: string, version: number, more: JsonObject = {}) =>
    (
      importNode(type, version, { operation: 'summarize', fieldsToSummarize, options: more })
        .parameters as JsonObject
    ).options;
  expect(old('summarize', 1)).toEqual({ textNumbers: false, textGroups: true, missing: 'fail' });
  expect(old('summarize', 1, { continueIfFieldNotFound: true })).toMatchObject({ missing: 'empty' });
  expect(old('itemLists', 2)).toMatchObject({ missing: 'fail' });
  expect(old('itemLists', 2.1)).toEqual({ textNumbers: false, textGroups: true });
});

test('of nothing makes nothing', async () => {
  expect(await run({ values: [figure('count', 'a')] }, [])).toEqual([]);
});

test('reads fields whose names are numbers', async () => {
  const items = [
    { 0: 'a', list: [5, 6] },
    { 0: 'b', list: [7] },
  ];
  expect(await run({ values: [figure('append', '0'), figure('sum', 'list[0]')] }, items)).toEqual([
    { appended_0: ['a', 'b'], sum_list0: 12 },
  ]);
});
