import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { removeDuplicatesNode } from './execute.ts';

const kept = async (parameters: JsonObject, items: JsonObject[]) =>
  jsonOf(await runNode(removeDuplicatesNode, { parameters, items }));

test('keeps the first of equal items in order, whatever the order of their fields', async () => {
  const items = [{ a: 1, b: { x: 1, y: 2 } }, { a: 2 }, { b: { y: 2, x: 1 }, a: 1 }, { a: 2 }];
  const { outputs } = await runNode(removeDuplicatesNode, { items });
  expect(outputs.main).toEqual([
    { json: items[0], source: { item: 0 } },
    { json: items[1], source: { item: 1 } },
  ]);
});

test('types count: 1, "1", true, null, a missing field, an empty list and an empty object all differ', async () => {
  const items = [{ v: 1 }, { v: '1' }, { v: true }, { v: null }, {}, { v: [] }, { v: {} }];
  expect(await kept({}, [...items, ...items])).toEqual(items);
  expect(await kept({ compare: 'selected', fields: 'v' }, [...items, ...items])).toEqual(items);
});

test.each<[string, JsonObject, number[]]>([
  ['some fields', { compare: 'selected', fields: 'who.mail' }, [1, 3]],
  ['several fields', { compare: 'selected', fields: 'who.mail, n' }, [1, 2, 3]],
  ['all but some', { compare: 'except', fields: 'n' }, [1, 3]],
  [
    'names with dots literally',
    { compare: 'selected', fields: 'who.mail', options: { dotNotation: false } },
    [1],
  ],
  ['without capitals', { compare: 'selected', fields: 'who.mail', options: { ignoreCase: true } }, [1]],
])('compares %s', async (_name, parameters, expected) => {
  const items = [
    { n: 1, who: { mail: 'a' } },
    { n: 2, who: { mail: 'a' } },
    { n: 3, who: { mail: 'A' } },
  ];
  expect((await kept(parameters, items)).map(({ n }) => n)).toEqual(expected);
});

test('can drop what was not compared', async () => {
  const options = { removeOtherFields: true };
  expect(
    await kept({ compare: 'selected', fields: 'a', options }, [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ]),
  ).toEqual([{ a: 1 }]);
});

test('a missing field can be an error', async () => {
  const parameters = { compare: 'selected', fields: 'a', options: { failIfMissing: true } };
  await expect(kept(parameters, [{ a: 1 }, { b: 1 }])).rejects.toMatchObject({
    data: { kind: 'config', field: 'fields', itemIndex: 1 },
  });
});

test('n8n: fields as text and as rows', () => {
  expect(importNode('removeDuplicates', 2, {})).toMatchObject({
    type: 'remove-duplicates',
    parameters: { compare: 'all' },
  });
  expect(
    importNode('removeDuplicates', 1.1, { compare: 'selectedFields', fieldsToCompare: 'a, b' }).parameters,
  ).toMatchObject({ compare: 'selected', fields: 'a, b' });
  expect(
    importNode('itemLists', 1, {
      operation: 'removeDuplicates',
      compare: 'allFieldsExcept',
      fieldsToExclude: { fields: [{ fieldName: 'a' }] },
      options: { disableDotNotation: true },
    }).parameters,
  ).toMatchObject({ compare: 'except', fields: 'a', options: { dotNotation: false } });
});

test('of nothing keeps nothing', async () => {
  expect(await kept({}, [])).toEqual([]);
});
