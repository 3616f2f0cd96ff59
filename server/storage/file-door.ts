import { lookup } from 'mime-types';
import { NodeError } from '#engine/errors.ts';
import type { FileRef } from '#engine/item.ts';
import type { FileDoor } from '#engine/node.ts';
import { newId } from '#lib/id.ts';
import { type Storage, StorageError } from './storage.ts';

/** What a format that cannot be read in pieces may take of a worker's memory. */
const MAX_BYTES_IN_MEMORY = 64 * 1024 * 1024;

/** Where the files of an execution are; whoever deletes the execution deletes everything below. */
export const filesOf = (workspaceId: string, executionId: string): string =>
  `files/${workspaceId}/${executionId}/`;

/**
 * Files of one execution in the storage. References come from items, which users make as they like: only those of this
 * workspace are opened. `maxBytes`: the largest file.
 */
export function createFileDoor(
  storage: Storage,
  { workspaceId, executionId, maxBytes }: { workspaceId: string; executionId: string; maxBytes: number },
): FileDoor {
  const open = (file: FileRef): AsyncIterable<Uint8Array> =>
    file.id === undefined ? inline(file) : stored(storage, file.id, workspaceId);
  return {
    async write(content, { name, mimeType, signal }) {
      const id = `${filesOf(workspaceId, executionId)}${newId()}`;
      const written = { bytes: 0 };
      try {
        await storage.put(id, counted(content, written, maxBytes), signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw asNodeError(error);
      }
      return { id, ...aboutFile(name, mimeType), sizeBytes: written.bytes };
    },
    open,
    read: (file, most = MAX_BYTES_IN_MEMORY) => readWhole(open(file), most, file.name),
  };
}

const UNKNOWN = 'application/octet-stream';

/** Name and type of a new file: the type by the name's extension when nobody knows it. */
export const aboutFile = (name: string | undefined, mimeType: string | undefined) => ({
  ...(name ? { name } : {}),
  mimeType: (mimeType !== UNKNOWN && mimeType) || (name && lookup(name)) || UNKNOWN,
});

/** All pieces as one. Throws NodeError(limit) for more than `maxBytes`. */
export async function readWhole(
  pieces: AsyncIterable<Uint8Array>,
  maxBytes: number,
  name = 'The file',
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of pieces) {
    size += chunk.length;
    if (size > maxBytes)
      throw new NodeError('limit', `“${name}” has more than ${megabytes(maxBytes)}; that is the most here.`, {
        retryable: false,
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Counts as it passes on. Throws NodeError(limit) for more than `maxBytes`. */
export async function* counted(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  written: { bytes: number },
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    written.bytes += chunk.length;
    if (written.bytes > maxBytes)
      throw new NodeError('limit', `A file may have ${megabytes(maxBytes)}; this one has more.`, {
        retryable: false,
      });
    yield chunk;
  }
}

async function* inline({ data = '' }: FileRef): AsyncGenerator<Uint8Array> {
  yield Buffer.from(data, 'base64');
}

async function* stored(storage: Storage, id: string, workspaceId: string): AsyncGenerator<Uint8Array> {
  if (typeof id !== 'string' || !id.startsWith(`files/${workspaceId}/`))
    throw new NodeError('config', 'This is not a file of this workspace.', { retryable: false });
  try {
    yield* await storage.get(id);
  } catch (error) {
    throw asNodeError(error);
  }
}

function asNodeError(error: unknown): unknown {
  if (!(error instanceof StorageError)) return error;
  return error.reason === 'missing'
    ? new NodeError('upstream', 'The file is no longer stored.', { retryable: false })
    : new NodeError('upstream', error.message, { retryable: true });
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
