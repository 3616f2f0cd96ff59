import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { splitOutNode } from './execute.ts';

const order = {
  id: 1,
  lines: [{ sku: 'A' }, { sku: 'B' }],
  notes: ['x'],
  meta: { a: 1, b: 2 },
  deep: { list: [1, 2] },
};

test.each<[string, JsonObject, JsonObject[]]>([
  ['objects become the items', { fields: 'lines' }, [{ sku: 'A' }, { sku: 'B' }]],
  ['plain values keep their name', { fields: 'deep.list' }, [{ 'deep.list': 1 }, { 'deep.list': 2 }]],
  [
    'a new name',
    { fields: 'lines', options: { destination: 'line' } },
    [{ line: { sku: 'A' } }, { line: { sku: 'B' } }],
  ],
  ['an object gives its values', { fields: 'meta' }, [{ meta: 1 }, { meta: 2 }]],
  ['a single value is a list of one', { fields: 'id' }, [{ id: 1 }]],
  ['a missing field gives nothing', { fields: 'nowhere' }, []],
  [
    'repeats chosen fields',
    { fields: 'lines', include: 'selected', otherFields: 'id' },
    [
      { id: 1, lines: { sku: 'A' } },
      { id: 1, lines: { sku: 'B' } },
    ],
  ],
  [
    'walks lists side by side',
    { fields: 'lines, notes' },
    [{ lines: { sku: 'A' }, notes: 'x' }, { lines: { sku: 'B' } }],
  ],
])('%s', async (_name, parameters, expected) => {
  expect(jsonOf(await runNode(splitOutNode, { parameters, items: [order] }))).toEqual(expected);
});

test('repeats all other fields and says where items come from', async () => {
  const parameters = { fields: 'list', include: 'all' };
  const { outputs } = await runNode(splitOutNode, {
    parameters,
    items: [
      { a: 1, list: [1] },
      { a: 2, list: [3, 4] },
    ],
  });
  expect(outputs.main).toEqual([
    { json: { a: 1, list: 1 }, source: { item: 0 } },
    { json: { a: 2, list: 3 }, source: { item: 1 } },
    { json: { a: 2, list: 4 }, source: { item: 1 } },
  ]);
});

test('stops before too many items fill the memory', async () => {
  const list = Array.from({ length: 1001 }, (_, n) => n);
  const items = Array.from({ length: 1000 }, () => ({ list }));
  const run = runNode(splitOutNode, { items, parameters: { fields: 'list', options: {} } });
  await expect(run).rejects.toMatchObject({ data: { kind: 'limit', retryable: false } });
});

test('may insist on a list, before any item is split', async () => {
  const parameters = { fields: 'a', options: { failIfNoList: true } };
  expect(jsonOf(await runNode(splitOutNode, { parameters, items: [{ a: [1] }, { a: { x: 2 } }] }))).toEqual([
    { a: 1 },
    { a: 2 },
  ]);
  for (const wrong of [{}, { a: null }, { a: 'x' }]) {
    const run = runNode(splitOutNode, {
      parameters,
      items: [{ a: [1] }, wrong],
      settings: { onError: 'continue' },
    });
    await expect(run).rejects.toMatchObject({ data: { kind: 'config', field: 'fields', itemIndex: 1 } });
  }
});

test('n8n: only the first list nodes insist on a list', () => {
  const strict = (type: string, version: number) =>
    (importNode(type, version, { fieldToSplitOut: 'a' }).parameters.options as JsonObject).failIfNoList;
  expect([strict('itemLists', 1), strict('itemLists', 2)]).toEqual([true, true]);
  expect([strict('itemLists', 2.1), strict('itemLists', 3.1), strict('splitOut', 1)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
