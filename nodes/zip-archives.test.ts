import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openZip, ZIP_LIMITS } from './zip-reader.ts';
import { writeZip } from './zip-writer.ts';

const bytesOf = async (content: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(content));
const files = { 'a.txt': 'Hello', 'folder/ü.txt': 'x'.repeat(100_000), 'empty.txt': '' };

test('reads what others pack', async () => {
  const archive = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  );
  const entries = openZip(archive);
  expect(entries.map((entry) => entry.name)).toEqual(Object.keys(files));
  for (const entry of entries)
    expect(String(await bytesOf(entry.open()))).toBe(files[entry.name as keyof typeof files]);
});

test('packs what others read', async () => {
  const entries = Object.entries(files).map(([name, text], i) => ({
    name,
    content: [strToU8(text)],
    store: i === 0,
  }));
  const archive = await bytesOf(writeZip(entries, Date.UTC(2026, 0, 2)));
  const found = unzipSync(archive);
  expect(Object.fromEntries(Object.entries(found).map(([name, bytes]) => [name, strFromU8(bytes)]))).toEqual(
    files,
  );
  expect(openZip(archive).map((entry) => entry.name)).toEqual(Object.keys(files));
});

test('does not believe what an archive says about sizes', async () => {
  const archive = zipSync({ bomb: new Uint8Array(30_000_000) });
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  for (let at = 0; at + 4 < archive.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
  const limits = { ...ZIP_LIMITS, bytes: 20_000_000, ratio: 10_000 };
  await expect(bytesOf(openZip(archive, limits)[0]!.open())).rejects.toMatchObject({
    data: { kind: 'limit' },
  });
  await expect(bytesOf(openZip(archive)[0]!.open())).rejects.toMatchObject({ data: { kind: 'limit' } });
});

test('counts all entries of an archive together', async () => {
  const archive = zipSync({ a: new Uint8Array(600), b: new Uint8Array(600) });
  const [a, b] = openZip(archive, { ...ZIP_LIMITS, bytes: 1000 });
  await bytesOf(a!.open());
  await expect(bytesOf(b!.open())).rejects.toMatchObject({ data: { kind: 'limit' } });
});

test('says what is wrong with an archive', async () => {
  const archive = zipSync({ a: strToU8('Hello, hello, hello, hello') });
  expect(() => openZip(strToU8('no archive'))).toThrow('no ZIP');
  expect(() => openZip(archive, { ...ZIP_LIMITS, entries: 0 })).toThrow('at most 0');
  const damaged = Uint8Array.from(archive);
  damaged.fill(255, 32, 40);
  await expect(bytesOf(openZip(damaged)[0]!.open())).rejects.toMatchObject({ data: { kind: 'config' } });
});
