import { createGunzip } from 'node:zlib';
import { NodeError } from '#engine/errors.ts';
import type { FileRef } from '#engine/item.ts';
import type { FileDoor } from '#engine/node.ts';
import { typeBySignature } from '../file-signature.ts';
import { plainFileName } from '../item-files.ts';
import { through } from '../through.ts';
import { openZip } from '../zip-reader.ts';

export interface UnpackLimits {
  files: number;
  /** Of everything that one node run unpacks. */
  bytes: number;
}

/** What has been unpacked so far; shared by all items of a run. */
export interface Unpacked {
  files: number;
  bytes: number;
}

const MAX_RATIO = 500;
const RATIO_FROM = 10 * 1024 * 1024;

/**
 * The files in an archive, each written while it is being unpacked. `wanted` decides by the name inside the archive. Throws
 * NodeError: config for what is neither ZIP nor gzip, limit for what grows too large.
 */
export async function unpack(
  door: FileDoor,
  archive: FileRef,
  {
    limits,
    unpacked,
    wanted,
    signal,
  }: {
    limits: UnpackLimits;
    unpacked: Unpacked;
    wanted: (name: string) => boolean;
    signal: AbortSignal;
  },
): Promise<FileRef[]> {
  const write = (content: AsyncIterable<Uint8Array>, name: string) => {
    if (++unpacked.files > limits.files) throw tooMany(`more than ${limits.files} files`);
    return door.write(metered(content, unpacked, limits), { name: plainFileName(name) || 'file', signal });
  };
  const type = await typeOf(door, archive);
  if (type === 'application/gzip') return [await write(gunzip(door, archive), gunzippedName(archive.name))];
  if (type !== 'application/zip')
    throw new NodeError('config', 'This is neither a ZIP archive nor a gzip file.', {
      field: 'files',
      retryable: false,
    });
  const files: FileRef[] = [];
  for (const entry of openZip(await door.read(archive), {
    entries: 10_000,
    bytes: limits.bytes,
    ratio: MAX_RATIO,
  })) {
    if (entry.isFolder || entry.name.startsWith('__MACOSX/') || !wanted(entry.name)) continue;
    files.push(await write(entry.open(), entry.name));
  }
  return files;
}

async function typeOf(door: FileDoor, file: FileRef): Promise<string | undefined> {
  for await (const chunk of door.open(file)) {
    const type = typeBySignature(chunk);
    return type?.startsWith('application/vnd.') ? 'application/zip' : type;
  }
  return undefined;
}

async function* gunzip(door: FileDoor, file: FileRef): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of through(door.open(file), createGunzip())) {
      size += chunk.length;
      if (size > RATIO_FROM && size > MAX_RATIO * Math.max(1, file.sizeBytes))
        throw tooMany(`content that grows more than ${MAX_RATIO} times`);
      yield chunk;
    }
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    throw new NodeError('config', `The file cannot be unpacked: ${(error as Error).message}.`, {
      retryable: false,
    });
  }
}

async function* metered(
  content: AsyncIterable<Uint8Array>,
  unpacked: Unpacked,
  limits: UnpackLimits,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    unpacked.bytes += chunk.length;
    if (unpacked.bytes > limits.bytes)
      throw tooMany(`more than ${Math.round(limits.bytes / 1024 / 1024)} MB`);
    yield chunk;
  }
}

/** `log.txt.gz` was `log.txt`. */
const gunzippedName = (name = ''): string => name.replace(/\.(gz|gzip)$/i, '').replace(/\.tgz$/i, '.tar');

const tooMany = (what: string) =>
  new NodeError('limit', `Unpacked, the archive has ${what}.`, {
    retryable: false,
    detail: 'The options say how much may be unpacked.',
  });
