import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { aggregateNode } from './execute.ts';

const items = [
  { id: 1, tag: ['a'], who: { mail: 'x' } },
  { id: 2, tag: ['b', 'c'], who: {} },
  { id: null, tag: [] },
];

test.each<[string, JsonObject, JsonObject]>([
  ['one list per field', { fields: [{ name: 'id' }] }, { id: [1, 2] }],
  ['under a new name', { fields: [{ name: 'id', rename: 'ids.all' }] }, { ids: { all: [1, 2] } }],
  ['called by its last part', { fields: [{ name: 'who.mail' }] }, { mail: ['x'] }],
  ['with missing values', { fields: [{ name: 'id' }], options: { keepMissing: true } }, { id: [1, 2, null] }],
  ['merging lists', { fields: [{ name: 'tag' }], options: { mergeLists: true } }, { tag: ['a', 'b', 'c'] }],
  ['whole items', { mode: 'all' }, { data: items }],
  [
    'only some fields',
    { mode: 'all', destination: 'ids', include: 'selected', includeFields: 'id' },
    { ids: [{ id: 1 }, { id: 2 }, { id: null }] },
  ],
  [
    'all but some fields',
    { mode: 'all', include: 'except', includeFields: 'tag, who' },
    { data: [{ id: 1 }, { id: 2 }, { id: null }] },
  ],
])('%s', async (_name, parameters, expected) => {
  expect(jsonOf(await runNode(aggregateNode, { parameters, items }))).toEqual([expected]);
});

test('collects files and numbers those whose name is taken', async () => {
  const file = (name: string) => ({ mimeType: 'text/plain', sizeBytes: 1, name });
  const inputs = {
    main: [
      { json: {}, files: { data: file('a') } },
      { json: {}, files: { data: file('b') } },
    ],
  };
  const parameters = { mode: 'all', options: { includeFiles: true } };
  const [item] = (await runNode(aggregateNode, { inputs, parameters })).outputs.main!;
  expect(Object.keys(item!.files!)).toEqual(['data', 'data_1']);
  expect(item!.source).toEqual([{ item: 0 }, { item: 1 }]);
});

test('a field that no item has gives an empty list, or is an error', async () => {
  const fields = [{ name: 'nowhere' }];
  expect(jsonOf(await runNode(aggregateNode, { parameters: { fields }, items }))).toEqual([{ nowhere: [] }]);
  const run = runNode(aggregateNode, { parameters: { fields, options: { failIfMissing: true } }, items });
  await expect(run).rejects.toMatchObject({ data: { kind: 'config', field: 'fields.0.name' } });
});
