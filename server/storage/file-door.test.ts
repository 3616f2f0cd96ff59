import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileRef } from '#engine/item.ts';
import { createDiskStorage } from './disk.ts';
import { createFileDoor } from './file-door.ts';
import type { Storage } from './storage.ts';

let root: string;
let storage: Storage;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkflow-files-'));
  storage = createDiskStorage(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const door = (workspaceId = 'w1', maxBytes = 1000) =>
  createFileDoor(storage, { workspaceId, executionId: 'e1', maxBytes });
const text = async (file: FileRef, from = door()) => Buffer.from(await from.read(file)).toString();

it('gives back what was written, in one piece or many', async () => {
  const one = await door().write(Buffer.from('hello'), { name: 'a.txt' });
  expect(one).toEqual({ id: expect.any(String), name: 'a.txt', mimeType: 'text/plain', sizeBytes: 5 });
  expect(await text(one)).toBe('hello');
  async function* pieces() {
    yield Buffer.from('hel');
    yield Buffer.from('lo!');
  }
  const many = await door().write(pieces(), { mimeType: 'text/x' });
  expect(many).toMatchObject({ mimeType: 'text/x', sizeBytes: 6 });
  expect(await text(many)).toBe('hello!');
});

it('reads what an item carries itself', async () => {
  const data = Buffer.from('inline').toString('base64');
  expect(await text({ mimeType: 'text/plain', sizeBytes: 6, data })).toBe('inline');
});

it('opens nothing of another workspace, and nothing outside the files', async () => {
  const file = await door('w1').write(Buffer.from('secret'), {});
  await expect(text(file, door('w2'))).rejects.toMatchObject({ data: { kind: 'config' } });
  for (const id of ['executions/e1/x', 'files/w1/../../etc/passwd', 'files/w1', ['files/w1/'], ''])
    await expect(text({ id: id as string, mimeType: '', sizeBytes: 0 })).rejects.toBeInstanceOf(Error);
});

it('refuses what is too large, and says when it is gone', async () => {
  await expect(door().write(Buffer.alloc(1001), {})).rejects.toMatchObject({ data: { kind: 'limit' } });
  const file = await door().write(Buffer.alloc(900), { name: 'big.bin' });
  await expect(door().read(file, 100)).rejects.toMatchObject({ data: { kind: 'limit' } });
  await storage.deletePrefix('files/w1/e1/');
  await expect(text(file)).rejects.toMatchObject({ data: { message: 'The file is no longer stored.' } });
});
