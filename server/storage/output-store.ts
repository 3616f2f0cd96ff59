import { pipeline, Readable } from 'node:stream';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import type { OutputStore } from '#engine/ports.ts';
import { itemPieces, linesOf } from './item-text.ts';
import { type Storage, StorageError } from './storage.ts';

/** Larger outputs leave the journal. */
const INLINE_BYTES = 1024 * 1024;

/** The engine's store for large outputs: items as compressed lines of JSON in files of the storage. */
export function createOutputStore(storage: Storage, { maxBytes }: { maxBytes: number }): OutputStore {
  return {
    inlineBytes: INLINE_BYTES,
    maxBytes,
    async put(key, items, limits) {
      const written = { bytes: 0 };
      try {
        await storage.put(key, compress(encode(items, written, limits.maxBytes, maxBytes)), limits.signal);
      } catch (error) {
        limits.signal.throwIfAborted();
        throw asNodeError(error, 'kept');
      }
      return written.bytes;
    },
    async get(key) {
      const items: Item[] = [];
      try {
        for await (const line of linesOf(decompress(await storage.get(key))))
          for (const item of JSON.parse(line) as Item[]) items.push(item);
      } catch (error) {
        throw asNodeError(error, 'loaded');
      }
      return items;
    },
  };
}

/** The stored items as one JSON list, in chunks, for a download. Rejects with StorageError. */
export async function readAsJson(storage: Storage, key: string): Promise<AsyncGenerator<Uint8Array>> {
  const body = await storage.get(key);
  return (async function* () {
    let before = '[';
    for await (const line of linesOf(decompress(body))) {
      yield Buffer.from(`${before}${line.slice(1, -1)}`);
      before = ',\n';
    }
    yield Buffer.from(before === '[' ? '[]' : ']');
  })();
}

function* encode(
  items: readonly Item[],
  written: { bytes: number },
  left: number,
  maxBytes: number,
): Generator<Buffer> {
  for (const piece of itemPieces(items)) {
    const chunk = Buffer.from(piece);
    written.bytes += chunk.length;
    if (written.bytes > left) throw tooLarge(items.length, maxBytes);
    yield chunk;
  }
}

/** Every chunk is a trip to another thread and back. */
const CHUNK = { chunkSize: 256 * 1024 };
const FAST = { ...CHUNK, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Errors of the source come out of the end: whoever reads there is told. */
const compress = (source: Iterable<Buffer>): AsyncIterable<Uint8Array> =>
  pipeline(Readable.from(source, { objectMode: true, highWaterMark: 1 }), createZstdCompress(FAST), ignore);
const decompress = (source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  pipeline(Readable.from(source), createZstdDecompress(CHUNK), ignore);
const ignore = (): void => undefined;

function tooLarge(count: number, maxBytes: number): NodeError {
  const megabytes = Math.floor(maxBytes / 1024 / 1024);
  return new NodeError(
    'limit',
    `The node gave ${count.toLocaleString('en')} ${count === 1 ? 'item' : 'items'} with more than ${megabytes} MB; that is the most that may leave a node.`,
    {
      detail:
        'Work in batches (a loop, or a page at a time), filter earlier, or keep only the fields you need.',
    },
  );
}

function asNodeError(error: unknown, what: 'kept' | 'loaded'): unknown {
  if (!(error instanceof StorageError)) return error;
  const message =
    error.reason === 'missing'
      ? 'The items of an earlier node are no longer stored.'
      : `The items could not be ${what}.`;
  // a write has happened by now: only a person may decide that it happens again
  return new NodeError('upstream', message, { detail: error.message, retryable: what === 'loaded' });
}
