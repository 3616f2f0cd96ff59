import { gunzipSync, gzipSync, strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { FileRef, Item, JsonObject } from '#engine/item.ts';
import { runNode } from '../testing.ts';
import { compressionNode } from './execute.ts';

const file = (bytes: Uint8Array, name?: string): FileRef => ({
  data: Buffer.from(bytes).toString('base64'),
  mimeType: 'application/octet-stream',
  sizeBytes: bytes.length,
  ...(name ? { name } : {}),
});
const bytesOf = (one: FileRef) => new Uint8Array(Buffer.from(one.data!, 'base64'));
const textOf = (one: FileRef) => strFromU8(bytesOf(one));

async function run(parameters: JsonObject, files: Item['files']): Promise<Item[]> {
  const inputs = { main: [{ json: { id: 1 }, files }] };
  return (await runNode(compressionNode, { parameters, inputs })).outputs.main!;
}

test('zips several files, and gives those of the same name a number', async () => {
  const files = { a: file(strToU8('1'), 'x.txt'), b: file(strToU8('2'), 'dir/x.txt'), c: file(strToU8('3')) };
  const [item] = await run({ operation: 'zip', files: '*', fileName: 'all' }, files);
  expect(item!.json).toEqual({ id: 1 });
  expect(Object.keys(item!.files!)).toEqual(['data']);
  expect(item!.files!.data).toMatchObject({ name: 'all.zip', mimeType: 'application/zip' });
  const found = Object.entries(unzipSync(bytesOf(item!.files!.data!))).map(([name, bytes]) => [
    name,
    strFromU8(bytes),
  ]);
  expect(found).toEqual([
    ['x.txt', '1'],
    ['x_1.txt', '2'],
    ['c', '3'],
  ]);
});

test('gzips each file by itself', async () => {
  const files = { a: file(strToU8('1'), 'a.txt'), b: file(strToU8('2')), c: file(strToU8('3')) };
  const [item] = await run({ operation: 'gzip', files: 'a, b', options: { prefix: 'p', keep: true } }, files);
  expect(Object.entries(item!.files!).map(([key, one]) => [key, one.name])).toEqual([
    ['c', undefined],
    ['p0', 'a.txt.gz'],
    ['p1', 'b.gz'],
  ]);
  expect(strFromU8(gunzipSync(bytesOf(item!.files!.p0!)))).toBe('1');
  const [one] = await run(
    { operation: 'gzip', files: 'a', options: { output: 'z', fileName: 'n.gz' } },
    files,
  );
  expect(one!.files!.z!.name).toBe('n.gz');
});

const archive = zipSync({
  'dir/a.csv': strToU8('1'),
  'b.txt': strToU8('2'),
  'dir/': new Uint8Array(),
  '__MACOSX/x': strToU8('3'),
});

test('unpacks archives of both kinds, without folders', async () => {
  const files = { data: file(archive, 'x.bin'), log: file(gzipSync(strToU8('log')), 'log.txt.gz') };
  const [item] = await run({ operation: 'unpack', files: 'data, log' }, files);
  expect(Object.entries(item!.files!).map(([key, one]) => [key, one.name, textOf(one)])).toEqual([
    ['file_0', 'a.csv', '1'],
    ['file_1', 'b.txt', '2'],
    ['file_2', 'log.txt', 'log'],
  ]);
});

test('unpacks only some, each as an item', async () => {
  const options = { only: '.CSV', split: true };
  const items = await run({ operation: 'unpack', options }, { data: file(archive) });
  expect(items.map((item) => [item.json, textOf(item.files!.data!)])).toEqual([[{ id: 1 }, '1']]);
});

/** Does not get smaller by packing. */
function noise(length: number): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed & 255;
  });
}

test.each<[string, Uint8Array, JsonObject, string]>([
  ['too many files', archive, { maxFiles: 1 }, 'limit'],
  ['too many bytes', zipSync({ a: new Uint8Array(3_000_000) }), { maxMegabytes: 1 }, 'limit'],
  ['a gzip file that grows too much', gzipSync(new Uint8Array(30_000_000)), {}, 'limit'],
  ['a gzip file that is too large', gzipSync(noise(1_200_000)), { maxMegabytes: 1 }, 'limit'],
  ['what is no archive', strToU8('hello'), {}, 'config'],
  ['a damaged gzip file', gzipSync(strToU8('hello hello')).fill(0, 12, 16), {}, 'config'],
])('refuses %s', async (_name, bytes, options, kind) => {
  const failed = run({ operation: 'unpack', options }, { data: file(bytes) });
  await expect(failed).rejects.toMatchObject({ data: { kind, itemIndex: 0 } });
});

test('says when a file is missing', async () => {
  await expect(run({ operation: 'zip', files: 'nowhere' }, {})).rejects.toThrow('no file “nowhere”');
  await expect(run({ operation: 'zip', files: '*' }, undefined)).rejects.toThrow('has no files');
});
