import { createInflate } from 'node:zlib';
import { NodeError } from '#engine/errors.ts';
import { through } from '../through.ts';

/** A packed part of a PDF can become 1,000 times as large: smaller ones cannot do harm. */
const MIN_BYTES = 32 * 1024;
const MAX_UNPACKED = 256 * 1024 * 1024;
const PIECE = 64 * 1024;

/**
 * Looks how large the packed parts of a PDF are before its reader unpacks them, which would do so whatever it takes. Sees
 * only what is packed once and not encrypted. Throws NodeError(limit).
 */
export async function checkPdfStreams(bytes: Uint8Array): Promise<void> {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let unpacked = 0;
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    const start = at + 6 + (pdf[at + 6] === 0x0d ? 2 : 1);
    if (pdf[start] === undefined || (pdf[start]! & 0x0f) !== 8) continue; // not how packed content begins
    const end = pdf.indexOf('endstream', start);
    const packed = pdf.subarray(start, end < 0 ? pdf.length : end);
    if (packed.length >= MIN_BYTES) unpacked += await sizeOf(packed, MAX_UNPACKED - unpacked);
    if (unpacked >= MAX_UNPACKED)
      throw new NodeError('limit', 'Unpacked, the document has more than 256 MB; that is the most here.', {
        retryable: false,
      });
    at = start + packed.length;
  }
}

async function sizeOf(packed: Uint8Array, enough: number): Promise<number> {
  let size = 0;
  try {
    for await (const chunk of through(pieces(packed), createInflate())) {
      size += chunk.length;
      if (size >= enough) break;
    }
  } catch {
    return size; // damaged, or something else: its reader says so
  }
  return size;
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
