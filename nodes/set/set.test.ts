import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { setNode } from './execute.ts';

const row = (name: string, value: unknown, type = 'any') => ({ name, value, type });
const item = { id: 1, tags: ['a'], address: { city: 'Rome', zip: '00100' } };

test.each<[string, JsonObject, JsonObject]>([
  ['adds a field', { fields: [row('x', 'foo', 'string')] }, { ...item, x: 'foo' }],
  ['drops the others', { includeOther: 'none', fields: [row('x', 5, 'number')] }, { x: 5 }],
  [
    'reaches into objects',
    { includeOther: 'none', fields: [row('a.b', 1), row('list[0]', 2)] },
    { a: { b: 1 }, list: [2] },
  ],
  [
    'takes dots literally',
    { includeOther: 'none', fields: [row('a.b', 1)], options: { dotNotation: false } },
    { 'a.b': 1 },
  ],
  [
    'keeps some',
    { includeOther: 'selected', otherFields: 'id, address.city' },
    { id: 1, address: { city: 'Rome' } },
  ],
  ['keeps all but some', { includeOther: 'except', otherFields: 'tags, address' }, { id: 1 }],
  [
    'converts',
    { includeOther: 'none', fields: [row('n', '5', 'number'), row('b', 'true', 'boolean')] },
    { n: 5, b: true },
  ],
  ['nothing is null', { includeOther: 'none', fields: [row('n', undefined, 'number')] }, { n: null }],
  [
    'keeps what does not fit, if told so',
    { includeOther: 'none', fields: [row('n', 'abc', 'number')], options: { ignoreConversionErrors: true } },
    { n: 'abc' },
  ],
  ['puts JSON over the item', { mode: 'json', json: '{"id": 2, "x": [1]}' }, { ...item, id: 2, x: [1] }],
  ['takes an object for JSON', { mode: 'json', json: { x: 1 }, includeOther: 'none' }, { x: 1 }],
])('%s', async (_name, parameters, expected) => {
  expect(jsonOf(await runNode(setNode, { parameters, items: [item] }))).toEqual([expected]);
});

test('a row without a value is no error', async () => {
  const parameters = { includeOther: 'none', fields: [{ name: 'n', type: 'string' }] };
  expect(jsonOf(await runNode(setNode, { parameters }))).toEqual([{ n: null }]);
});

test('does not touch the item it got', async () => {
  const original = { a: { b: 1 } };
  await runNode(setNode, { parameters: { fields: [row('a.b', 2)] }, items: [original] });
  expect(original).toEqual({ a: { b: 1 } });
});

test('names the field that does not fit', async () => {
  const run = runNode(setNode, { parameters: { fields: [row('ok', 1), row('age', 'abc', 'number')] } });
  await expect(run).rejects.toMatchObject({
    data: {
      kind: 'config',
      field: 'fields.1.value',
      itemIndex: 0,
      message: expect.stringContaining('“age”'),
    },
  });
});

test('says when JSON is none', async () => {
  await expect(runNode(setNode, { parameters: { mode: 'json', json: '{oops' } })).rejects.toThrow(
    'json: this is not valid JSON.',
  );
  await expect(runNode(setNode, { parameters: { mode: 'json', json: '[1]' } })).rejects.toThrow(
    'JSON must be an object, but got a list.',
  );
});

test('keeps files unless told otherwise', async () => {
  const files = { data: { mimeType: 'text/plain', sizeBytes: 1, data: 'YQ==' } };
  const inputs = { main: [{ json: {}, files }] };
  expect((await runNode(setNode, { inputs })).outputs.main![0]!.files).toEqual(files);
  const dropped = await runNode(setNode, { inputs, parameters: { options: { dropFiles: true } } });
  expect(dropped.outputs.main![0]!.files).toBeUndefined();
});

test('n8n: copies for tests are left out', () => {
  const assignments = { assignments: [{ name: 'a', value: 1, type: 'number' }] };
  expect(importNode('set', 3.4, { duplicateItem: true, duplicateCount: 3, assignments })).toMatchObject({
    type: 'set',
    status: 'approximated',
    parameters: { fields: [{ name: 'a', type: 'number', value: 1 }] },
  });
});
