import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { workspaceFilesNode } from './execute.ts';

const kept = () => ({ 'in/a.csv': 'A', 'in/b.csv': 'BB', other: '' });
const run = (parameters: JsonObject, workspaceFiles = kept(), more = {}) =>
  runNode(workspaceFilesNode, { parameters, workspaceFiles, ...more });

const facts = {
  path: 'in/b.csv',
  fileName: 'b.csv',
  fileExtension: 'csv',
  fileType: 'text',
  mimeType: 'text/plain',
  fileSize: '2 B',
};

test('reads every file that a pattern matches', async () => {
  const { outputs } = await run({ operation: 'read', path: 'in/*' });
  expect(outputs.main!.map((item) => item.files!.data!.data)).toEqual(['QQ==', 'QkI=']);
  expect(outputs.main![1]!.json).toEqual({ ...facts, bytes: 2, modifiedAt: '1970-01-01T00:00:00.000Z' });
  expect((await run({ operation: 'read', path: 'no/*' })).outputs.main).toEqual([]);
});

test.each<[string, JsonObject]>([
  ['none', {}],
  ['item', { id: 1 }],
  [
    'name',
    { fileName: 'z.csv', fileExtension: 'csv', fileType: 'text', mimeType: 'text/csv', fileSize: '1 B' },
  ],
])('fields of the items: %s', async (fieldsOfItem, json) => {
  const options = { fieldsOfItem, fileName: 'z.csv', mimeType: 'text/csv' };
  const result = await run({ operation: 'read', path: 'in/a.csv', file: 'f', options }, kept(), {
    items: [{ id: 1 }],
  });
  expect(jsonOf(result)).toEqual([json]);
  expect(result.outputs.main![0]!.files!.f).toMatchObject({ name: 'z.csv', mimeType: 'text/csv' });
});

test('a path without a pattern must be there', async () => {
  await expect(run({ operation: 'read', path: 'in/z.csv' })).rejects.toThrow('in/z.csv');
});

test('lists without reading', async () => {
  const result = await run({ operation: 'list', path: 'in/*' });
  expect(jsonOf(result)[1]).toMatchObject({ ...facts, bytes: 2 });
  expect(result.outputs.main![0]!.files).toBeUndefined();
});

test('writes a file or a text, or adds to what is there', async () => {
  const store = kept();
  const file = { data: 'QQ==', mimeType: 'text/plain', sizeBytes: 1 };
  const inputs = { main: [{ json: { id: 1 }, files: { data: file } }] };
  const [item] = (await run({ operation: 'write', path: 'out/x' }, store, { inputs })).outputs.main!;
  expect(item).toMatchObject({ json: { id: 1, path: 'out/x' }, files: { data: file } });
  const options = { append: true, pathField: 'fileName' };
  const added = await run({ operation: 'write', path: 'out/x', from: 'text', text: 'ü', options }, store);
  expect(jsonOf(added)).toEqual([{ fileName: 'out/x' }]);
  expect(store).toMatchObject({ 'out/x': 'Aü' });
  await expect(run({ operation: 'write', path: 'y', file: 'nowhere' }, store)).rejects.toThrow('nowhere');
});
