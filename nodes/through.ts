import { Readable, type Transform } from 'node:stream';

/** What comes out of a transforming stream (packing, unpacking); ends both sides when nobody reads on. */
export async function* through(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  transform: Transform,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(content, { objectMode: false });
  source.on('error', (error) => transform.destroy(error));
  try {
    for await (const chunk of source.pipe(transform)) yield chunk as Uint8Array;
  } finally {
    source.destroy();
    transform.destroy();
  }
}
