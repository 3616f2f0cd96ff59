import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '#engine/item.ts';
import { createDiskStorage } from './disk.ts';
import { itemPieces } from './item-text.ts';
import { createOutputStore, readAsJson } from './output-store.ts';
import type { Storage } from './storage.ts';

const MB = 1024 * 1024;
let root: string;
let storage: Storage;
const store = () => createOutputStore(storage, { maxBytes: 64 * MB });
const limits = { maxBytes: 64 * MB, signal: new AbortController().signal };
const KEY = 'executions/e/node-0-main-x';

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkflow-outputs-'));
  storage = createDiskStorage(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const orders = (count: number): Item[] =>
  Array.from({ length: count }, (_, id) => ({
    json: { id, name: `Order ${id} “ü”`, lines: [{ sku: 'a', price: 1.5 }], note: null },
    source: { item: id },
  }));

async function download(key = KEY): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await readAsJson(storage, key)) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

it('gives back the same items, small on the disk', async () => {
  const items = orders(20_000);
  const bytes = await store().put(KEY, items, limits);
  expect(bytes).toBeGreaterThan(1.5 * MB);
  expect(await store().get(KEY)).toEqual(items);
  expect((await readFile(path.join(root, KEY))).length).toBeLessThan(bytes / 4);
  expect(await download()).toEqual(items);
});

it('gives back no items, and one that is huge by itself', async () => {
  const huge: Item[] = [
    { json: { all: orders(20_000).map((item) => item.json), 'a "key"': 1, none: undefined } },
  ];
  for (const items of [[], huge]) {
    await store().put(KEY, items, limits);
    const plain = JSON.parse(JSON.stringify(items)) as unknown;
    expect(await store().get(KEY)).toEqual(plain);
    expect(await download()).toEqual(plain);
  }
});

it('writes JSON in pieces as JSON.stringify does', () => {
  const filler = fc.constantFrom('', 'x'.repeat(50_000), '\u2028\ud800"\\\n'.repeat(20_000));
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      filler,
      fc.constant(undefined),
      fc.constant(new Date(0)),
      fc.array(tie('any'), { maxLength: 6 }),
      fc.dictionary(fc.string(), tie('any'), { maxKeys: 6 }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.array(fc.record({ json: value }), { maxLength: 12 }), (items) => {
      const lines = [...itemPieces(items)].join('').split('\n').slice(0, -1);
      const list = `[${lines.map((line) => line.slice(1, -1)).join(',')}]`;
      expect(JSON.parse(list)).toEqual(JSON.parse(JSON.stringify(items)));
    }),
    { numRuns: 100 },
  );
});

it('refuses more than fits, and says what to do', async () => {
  const put = createOutputStore(storage, { maxBytes: 2 * MB }).put('executions/e/big', orders(50_000), {
    ...limits,
    maxBytes: 2 * MB,
  });
  await expect(put).rejects.toMatchObject({
    data: {
      kind: 'limit',
      message: 'The node gave 50,000 items with more than 2 MB; that is the most that may leave a node.',
      retryable: false,
    },
  });
  await expect(put).rejects.toMatchObject({ data: { detail: expect.stringContaining('batches') } });
  await expect(storage.get('executions/e/big')).rejects.toMatchObject({ reason: 'missing' });
});

it('says so when the items are gone or the storage is away', async () => {
  await expect(store().get('executions/e/gone')).rejects.toMatchObject({
    data: { kind: 'upstream', message: 'The items of an earlier node are no longer stored.' },
  });
  await writeFile(path.join(root, 'occupied'), '');
  const away = createOutputStore(createDiskStorage(path.join(root, 'occupied')), { maxBytes: MB });
  await expect(away.put(KEY, orders(10), limits)).rejects.toMatchObject({
    data: { kind: 'upstream', retryable: false },
  });
});

it('stops with the reason of the signal', async () => {
  const stop = new AbortController();
  const put = store().put(KEY, orders(100_000), { ...limits, signal: stop.signal });
  stop.abort(new Error('cancelled'));
  await expect(put).rejects.toThrow('cancelled');
});

it('shares the thread while it writes and reads many items', async () => {
  const items = orders(100_000);
  for (const work of [() => store().put(KEY, items, limits), () => store().get(KEY)]) {
    const { totalMs, longestMs } = await watched(work);
    expect(longestMs).toBeLessThan(totalMs / 4);
  }
});

/** How long the work took, and how long the thread was not free at a stretch. */
async function watched(work: () => Promise<unknown>): Promise<{ totalMs: number; longestMs: number }> {
  const began = performance.now();
  let last = began;
  let longestMs = 0;
  let watching = true;
  const look = () => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
    if (watching) setImmediate(look);
  };
  setImmediate(look);
  await work();
  look();
  watching = false;
  return { totalMs: performance.now() - began, longestMs };
}
