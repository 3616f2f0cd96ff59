import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '#lib/id.ts';
import { checkKey, checkPrefix, type Storage, StorageError } from './storage.ts';

/** Half-written files of processes that died are older than this. */
const LEFTOVER_MS = 24 * 3_600_000;

/** Files in a folder that all processes share. A file appears under its name only when all of it is on the disk. */
export function createDiskStorage(root: string): Storage {
  const temporary = path.join(root, '.tmp');
  const place = (key: string) => path.join(root, ...checkKey(key).split('/'));
  let prepared: Promise<void> | null = null;

  /** Writes under a name of its own first, then moves the file to its place. */
  const into = async (key: string, write: (file: string) => Promise<void>): Promise<void> => {
    const target = place(key);
    const file = path.join(temporary, newId());
    try {
      prepared ??= prepare(temporary);
      await prepared;
      await write(file);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      await rename(file, target);
      await syncFolder(path.dirname(target));
    } catch (error) {
      prepared = null;
      await rm(file, { force: true }).catch(() => undefined); // what went wrong first is what counts
      throw asStorageError(error, key);
    }
  };

  const deletePrefix = (prefix: string) =>
    rm(place(checkPrefix(prefix).slice(0, -1)), { recursive: true, force: true });

  return {
    put: (key, body, signal) =>
      into(key, (file) => pipeline(body, createWriteStream(file, { mode: 0o600, flush: true }), { signal })),
    async get(key) {
      const file = await open(place(key)).catch((error: unknown) => {
        throw asStorageError(error, key);
      });
      return createReadStream('', { fd: file });
    },
    copy: (from, to) =>
      into(to, (file) =>
        link(place(from), file).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') throw error;
          return copyFile(place(from), file); // not every file system has links
        }),
      ),
    delete: (key) => rm(place(key), { force: true }),
    deletePrefix,
    async deletePrefixes(prefixes) {
      for (const prefix of prefixes) {
        // one look at the folder, which on a disk is cheaper than anything that would save it
        const found = await lstat(place(checkPrefix(prefix).slice(0, -1))).catch(nothing);
        if (found) await deletePrefix(prefix);
      }
    },
  };
}

/** Anything but “there is none” is trouble. */
function nothing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw asStorageError(error, 'below this prefix');
}

async function prepare(temporary: string): Promise<void> {
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  for (const name of await readdir(temporary)) {
    const file = path.join(temporary, name);
    const found = await stat(file).catch(() => null); // another process was quicker
    if (found && Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(file, { force: true });
  }
}

/** A file that was moved is durable once its folder is; Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function asStorageError(error: unknown, key: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error; // not of the disk: whoever gives the bytes has failed, or was told to stop
  if (code === 'ENOENT') return new StorageError('missing', `There is no file ${key}.`);
  return new StorageError('unavailable', `The storage folder cannot be used (${code}).`);
}
