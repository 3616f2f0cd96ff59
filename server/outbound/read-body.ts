import type { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { NodeError } from '#engine/errors.ts';

const MAX_ENCODINGS = 3;

/**
 * Reads and decodes a body. Both the bytes on the wire and the decoded bytes are counted while they come in, so that a
 * small answer that unpacks to gigabytes is cut. Throws NodeError limit (more than `maxBytes`) or upstream (broken).
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const names = (encoding ?? '').split(',').map((name) => name.trim().toLowerCase());
  const encodings = names.filter((name) => name !== '' && name !== 'identity');
  // Something we cannot undo is handed on as it came; so is a pile of encodings, which only an attack has.
  if (encodings.length > MAX_ENCODINGS || !encodings.every((name) => name in DECODERS))
    return collect(body, maxBytes);
  let stream: AsyncIterable<Buffer> = capped(body, maxBytes);
  for (const name of encodings.reverse()) stream = decode(stream, name, maxBytes);
  return collect(stream, maxBytes);
}

type Decoder = (
  firstByte: number,
) => zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress | zlib.ZstdDecompress;
/** A cut end is tolerated, as browsers do. */
const LENIENT = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
const gunzip: Decoder = () => zlib.createGunzip(LENIENT);
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  // Half of the servers that say “deflate” leave the zlib header out.
  deflate: (first) => ((first & 0x0f) === 8 ? zlib.createInflate(LENIENT) : zlib.createInflateRaw(LENIENT)),
  br: () => zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => zlib.createZstdDecompress(),
};

async function* decode(
  source: AsyncIterable<Buffer>,
  name: string,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const decoder = DECODERS[name]!(first.value[0] ?? 0);
  const feed = async () => {
    for (let chunk: IteratorResult<Buffer> = first; !chunk.done; chunk = await chunks.next()) {
      if (!decoder.write(chunk.value)) await new Promise((resolve) => decoder.once('drain', resolve));
    }
    decoder.end();
  };
  feed().catch((error) => decoder.destroy(error));
  try {
    yield* capped(decoder, maxBytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (/^(Z_|ERR_BROTLI|ERR__ERROR|ERR_ZSTD|ZSTD_)/.test(code)) {
      throw new NodeError('upstream', `The answer could not be decoded (${name}).`);
    }
    throw error;
  } finally {
    decoder.destroy();
  }
}

async function* capped(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

async function collect(source: AsyncIterable<Buffer>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of capped(source, maxBytes)) chunks.push(chunk);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

export const tooLarge = (maxBytes: number): NodeError =>
  new NodeError('limit', `The answer is larger than ${formatSize(maxBytes)}.`, {
    detail: 'Ask for less at a time, for example page by page.',
  });

const formatSize = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.floor(bytes / (1024 * 1024))} MB` : `${bytes} bytes`;
