import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type S3Server, startS3Server } from '#tests/support/s3-server.ts';
import { createDiskStorage } from './disk.ts';
import { createS3Storage } from './s3.ts';
import { checkKey, checkPrefix, type Storage, StorageError } from './storage.ts';

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

let root: string;
let s3: S3Server;
const s3Storage = (more: { accessKeyId?: string; secretAccessKey?: string; prefix?: string } = {}) =>
  createS3Storage({ ...s3, prefix: '', ...more });

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkflow-storage-'));
  s3 = await startS3Server();
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await s3.close();
});

const kinds: [string, () => Storage][] = [
  ['on disk', () => createDiskStorage(path.join(root, 'contract'))],
  ['in a bucket', () => s3Storage()],
  ['in a bucket below a prefix', () => s3Storage({ prefix: 'linkflow/' })],
];

describe.each(kinds)('storage %s', (_name, create) => {
  let storage: Storage;
  beforeEach(() => {
    storage = create();
  });

  it('gives back what was put', async () => {
    await storage.put('executions/a/one', bytes('hello ', 'world'));
    expect(await textOf(await storage.get('executions/a/one'))).toBe('hello world');
    await storage.put('executions/a/one', bytes('again'));
    expect(await textOf(await storage.get('executions/a/one'))).toBe('again');
  });

  it('keeps nothing as nothing', async () => {
    await storage.put('executions/a/empty', bytes());
    expect(await textOf(await storage.get('executions/a/empty'))).toBe('');
  });

  it('says that there is none', async () => {
    await expect(storage.get('executions/a/none')).rejects.toMatchObject({ reason: 'missing' });
    await expect(storage.copy('executions/a/none', 'executions/b/none')).rejects.toMatchObject({
      reason: 'missing',
    });
    await storage.delete('executions/a/none');
    await storage.deletePrefix('executions/none/');
  });

  it('copies, and deletes one or all of one owner', async () => {
    for (const name of ['1', '2', '3', '4', '5', '6', '7'])
      await storage.put(`executions/a/${name}`, bytes(name));
    await storage.put('executions/ab/1', bytes('other'));
    await storage.copy('executions/a/1', 'executions/c/1');
    await storage.delete('executions/a/2');
    await expect(storage.get('executions/a/2')).rejects.toThrow(StorageError);
    await storage.deletePrefix('executions/a/');
    await expect(storage.get('executions/a/7')).rejects.toThrow(StorageError);
    expect(await textOf(await storage.get('executions/ab/1'))).toBe('other');
    expect(await textOf(await storage.get('executions/c/1'))).toBe('1');
  });

  it('deletes all of many owners, most of whom have nothing', async () => {
    for (const owner of ['b', 'd', 'da', 'x'])
      for (const name of ['1', '2', '3', '4']) await storage.put(`executions/${owner}/${name}`, bytes(name));
    await storage.put('files/w/d/1', bytes('file'));
    await storage.put('files/v/d/1', bytes('other'));
    const ids = ['z', 'x', 'd', 'c', 'aa', 'e', 'f'];
    await storage.deletePrefixes(ids.flatMap((id) => [`executions/${id}/`, `files/w/${id}/`]));
    const isThere = (key: string) =>
      storage.get(key).then(
        () => true,
        () => false,
      );
    for (const gone of ['executions/d/1', 'executions/d/4', 'executions/x/2', 'files/w/d/1'])
      expect([gone, await isThere(gone)]).toEqual([gone, false]);
    for (const kept of ['executions/b/1', 'executions/da/4', 'files/v/d/1'])
      expect([kept, await isThere(kept)]).toEqual([kept, true]);
  });

  it('shows nothing of a body that broke off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('broke off');
    }
    await expect(storage.put('executions/a/half', broken())).rejects.toThrow('broke off');
    await expect(storage.get('executions/a/half')).rejects.toMatchObject({ reason: 'missing' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let n = 0; ; n++) {
        yield Buffer.alloc(1024 * 1024);
        if (n === 12) stop.abort(new Error('enough'));
      }
    }
    await expect(storage.put('executions/a/endless', endless(), stop.signal)).rejects.toThrow();
    await expect(storage.get('executions/a/endless')).rejects.toMatchObject({ reason: 'missing' });
  });

  it('takes bodies of many megabytes', async () => {
    const chunk = Buffer.alloc(1_000_000, 'x');
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 20; n++) yield chunk;
    }
    await storage.put('executions/a/large', large());
    let size = 0;
    for await (const part of await storage.get('executions/a/large')) size += part.length;
    expect(size).toBe(20_000_000);
  });
});

describe('keys', () => {
  it.each([
    '../x',
    'executions/../x',
    'executions/.tmp',
    '/etc/passwd',
    'executions//x',
    'x',
    'executions/a\\b',
    'executions/a/ü',
    '',
  ])('%s is none', (key) => expect(() => checkKey(key)).toThrow(StorageError));
  it.each(['executions/', 'executions/a', '/', '../', 'executions/../../'])('%s is no prefix', (prefix) =>
    expect(() => checkPrefix(prefix)).toThrow(StorageError),
  );
  it('of an output are', () => {
    const key = 'executions/0198c6a0-0000-7000-8000-000000000000/Set_1-0-main-abc';
    expect(checkKey(key)).toBe(key);
    expect(checkPrefix('executions/0198c6a0/')).toBe('executions/0198c6a0/');
  });
});

describe('storage on disk', () => {
  it('is for its own user only, and clears away what a dead process left', async () => {
    const folder = path.join(root, 'own');
    const leftover = path.join(folder, '.tmp', 'leftover');
    await mkdir(path.dirname(leftover), { recursive: true });
    await writeFile(leftover, 'half');
    await utimes(leftover, new Date(0), new Date(0));
    await writeFile(path.join(folder, '.tmp', 'fresh'), 'half');
    await createDiskStorage(folder).put('executions/a/one', bytes('x'));
    expect(await readdir(path.join(folder, '.tmp'))).toEqual(['fresh']);
    expect((await stat(path.join(folder, 'executions/a/one'))).mode & 0o077).toBe(0);
    expect((await stat(path.join(folder, 'executions/a'))).mode & 0o077).toBe(0);
  });

  it('says so when the folder cannot be used, without naming it', async () => {
    const file = path.join(root, 'a-file');
    await writeFile(file, '');
    const failed = createDiskStorage(file).put('executions/a/one', bytes('x'));
    await expect(failed).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(failed).rejects.not.toThrow(root);
  });
});

describe('storage in a bucket', () => {
  it('waits while the service is away for a moment', async () => {
    s3.failNext(2);
    await s3Storage().put('executions/a/patient', bytes('x'));
    expect(s3.files.get('executions/a/patient')?.toString()).toBe('x');
  });

  it('is refused with a wrong secret, and says why', async () => {
    const put = s3Storage({ secretAccessKey: 'wrong' }).put('executions/a/b', bytes('x'));
    await expect(put).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(put).rejects.toThrow('403 SignatureDoesNotMatch');
  });

  it('sends large bodies in parts', async () => {
    s3.calls.length = 0;
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 17; n++) yield Buffer.alloc(1024 * 1024);
    }
    await s3Storage().put('executions/a/parts', large());
    expect(s3.calls.map((call) => call.split(' ')[0])).toEqual(['POST', 'PUT', 'PUT', 'PUT', 'POST']);
    expect(s3.files.get('executions/a/parts')?.length).toBe(17 * 1024 * 1024);
  });
});
