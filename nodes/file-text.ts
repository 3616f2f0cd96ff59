import iconv from 'iconv-lite';
import { NodeError } from '#engine/errors.ts';

/** Throws NodeError(config) for an encoding that nobody knows. Empty: the usual one. */
export function checkEncoding(encoding: string | undefined, field = 'options.encoding'): string {
  const name = (encoding ?? '').trim();
  if (name === '') return '';
  if (!iconv.encodingExists(name))
    throw new NodeError('config', `“${name}” is no encoding that is known here.`, {
      field,
      detail: 'Examples: utf-8, utf-16le, latin1, windows-1252, shift_jis, gb18030.',
    });
  return name;
}

export interface Reading {
  /** Empty: found out from the first bytes. */
  encoding?: string;
  /** Default: true. */
  stripBom?: boolean;
}

export function decodeText(bytes: Uint8Array, { encoding = '', stripBom = true }: Reading = {}): string {
  return iconv.decode(asBuffer(bytes), encoding || guessEncoding(bytes, true), { stripBOM: stripBom });
}

/** The text of a stream of bytes, in pieces. */
export async function* decodeStream(
  chunks: AsyncIterable<Uint8Array>,
  { encoding = '', stripBom = true }: Reading = {},
): AsyncGenerator<string> {
  let decoder: ReturnType<typeof iconv.getDecoder> | undefined;
  for await (const chunk of chunks) {
    decoder ??= iconv.getDecoder(encoding || guessEncoding(chunk, false), { stripBOM: stripBom });
    const text = decoder.write(asBuffer(chunk));
    if (text !== '') yield text;
  }
  const rest = decoder?.end();
  if (rest) yield rest;
}

/** Bytes of a text. `bom` puts the mark in front that says which Unicode encoding it is. */
export function encodeText(text: string, encoding = '', bom = false): Uint8Array {
  return iconv.encode(text, encoding || 'utf-8', { addBOM: bom });
}

export async function* encodeStream(
  pieces: AsyncIterable<string> | Iterable<string>,
  encoding = '',
  bom = false,
): AsyncGenerator<Uint8Array> {
  const encoder = iconv.getEncoder(encoding || 'utf-8', { addBOM: bom });
  for await (const piece of pieces) {
    const bytes = encoder.write(piece);
    if (bytes.length > 0) yield bytes;
  }
  const rest = encoder.end();
  if (rest && rest.length > 0) yield rest;
}

/**
 * A mark at the beginning says it; else what is valid UTF-8 is that, and the rest is what Windows wrote before. Of a first
 * piece only the beginning counts: its end may cut a letter in two.
 */
export function guessEncoding(bytes: Uint8Array, whole: boolean): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
    return 'utf-8';
  } catch {
    return 'windows-1252'; // not UTF-8, which is all that was asked
  }
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
