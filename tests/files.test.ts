import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { openWorkspaceFiles } from '#server/files/workspace-files.ts';
import { openFiles } from '#server/storage/open.ts';
import { ownDatabase } from './support/database.ts';

ownDatabase();

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkflow-workspace-files-'));
  process.env.LINKFLOW_DATA_DIR = root;
});
afterAll(() => rm(root, { recursive: true, force: true }));

const here = newId();
const files = (workspaceId = here, executionId = newId()) => openWorkspaceFiles(workspaceId, executionId);
const text = async (file: string, workspaceId = here) =>
  Buffer.from(await openFiles(workspaceId, newId()).read(await files(workspaceId).read(file))).toString();

it('keeps files by path, replaces and appends', async () => {
  const saved = await files().write('reports/may.csv', Buffer.from('a,b\n'));
  expect(saved).toMatchObject({ path: 'reports/may.csv', mimeType: 'text/csv', sizeBytes: 4 });
  expect(await text('reports/may.csv')).toBe('a,b\n');
  await files().write('/reports/may.csv', Buffer.from('1,2\n'), { append: true });
  expect(await text('./reports/may.csv')).toBe('a,b\n1,2\n');
  await files().write('reports/may.csv', Buffer.from('new'));
  expect(await text('reports/may.csv')).toBe('new');
});

it('what an execution has read stays as it was', async () => {
  await files().write('letter.txt', Buffer.from('first'));
  const read = await files().read('letter.txt');
  await files().write('letter.txt', Buffer.from('second'));
  expect(Buffer.from(await openFiles(here, newId()).read(read)).toString()).toBe('first');
});

it('finds files by globs, in order', async () => {
  const workspace = newId();
  for (const name of ['b.txt', 'a.txt', 'a.csv', 'deep/er/c.txt', 'x(1).txt'])
    await files(workspace).write(name, Buffer.from(name));
  const list = async (glob: string) => (await files(workspace).list(glob)).map((file) => file.path);
  expect(await list('*.txt')).toEqual(['a.txt', 'b.txt', 'x(1).txt']);
  expect(await list('**/*.txt')).toEqual(['a.txt', 'b.txt', 'deep/er/c.txt', 'x(1).txt']);
  expect(await list('deep/**')).toEqual(['deep/er/c.txt']);
  expect(await list('?.csv')).toEqual(['a.csv']);
  expect(await list('x(1).txt')).toEqual(['x(1).txt']);
  expect(await list('none*')).toEqual([]);
});

it('leads nowhere else: not to other workspaces, not out of the storage', async () => {
  await files().write('mine.txt', Buffer.from('mine'));
  const stranger = files(newId());
  await expect(stranger.read('mine.txt')).rejects.toMatchObject({ data: { kind: 'config' } });
  expect(await stranger.list('**')).toEqual([]);
  for (const bad of ['../x', 'a/../../x', 'a//b', 'a\\b', 'a\0b', '', '/'])
    await expect(files().write(bad, Buffer.from(''))).rejects.toMatchObject({ data: { kind: 'config' } });
});

it('refuses what has no room left, and keeps what was there', async () => {
  const workspace = newId();
  const { env } = await import('#server/env.ts');
  const room = env().LINKFLOW_MAX_WORKSPACE_FILE_BYTES;
  env().LINKFLOW_MAX_WORKSPACE_FILE_BYTES = 10;
  try {
    await files(workspace).write('a', Buffer.from('12345678'));
    await expect(files(workspace).write('b', Buffer.from('123'))).rejects.toMatchObject({
      data: { kind: 'limit' },
    });
    await files(workspace).write('a', Buffer.from('0123456789'));
    expect(await text('a', workspace)).toBe('0123456789');
  } finally {
    env().LINKFLOW_MAX_WORKSPACE_FILE_BYTES = room;
  }
});
