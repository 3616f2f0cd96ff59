import { crc32, createDeflateRaw } from 'node:zlib';
import { NodeError } from '#engine/errors.ts';
import { through } from './through.ts';

export interface ZipFile {
  /** With folders, separated by slashes. */
  name: string;
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Put in as it is: for what is packed already. */
  store?: boolean;
}

/** Sizes in an archive have 32 bits. */
const MAX_BYTES = 0xffffffff;
const UTF8 = 0x800;
/** Size and checksum follow the content, since they are known only then. */
const AFTERWARDS = 0x8;

/**
 * A ZIP archive in pieces, while its contents are still being read; packing happens outside of this thread. `modified` is
 * ms since epoch, the same for all files.
 */
export async function* writeZip(
  files: AsyncIterable<ZipFile> | Iterable<ZipFile>,
  modified = Date.UTC(1980, 0, 1),
): AsyncGenerator<Uint8Array> {
  const time = dosTime(modified);
  const directory: Uint8Array[] = [];
  let at = 0;
  for await (const { name, content, store = false } of files) {
    const encoded = Buffer.from(name, 'utf8');
    const method = store ? 0 : 8;
    const offset = at;
    const seen = { crc: 0, size: 0 };
    // The content of a stored file has no end of its own, so its size has to come first.
    const whole = store ? Buffer.concat(await Array.fromAsync(counted(content, seen))) : undefined;
    const flags = UTF8 | (whole ? 0 : AFTERWARDS);
    const common = { flags, method, time, nameLength: encoded.length };
    const head = header(LOCAL, 30, whole ? { ...common, ...seen, packed: whole.length } : common);
    yield head;
    yield encoded;
    at += head.length + encoded.length;
    let packed = 0;
    for await (const chunk of whole ? [whole] : through(counted(content, seen), createDeflateRaw())) {
      packed += chunk.length;
      yield chunk;
    }
    at += packed;
    if (!whole) {
      const after = Buffer.alloc(16);
      after.writeUInt32LE(0x08074b50, 0);
      after.writeUInt32LE(seen.crc, 4);
      after.writeUInt32LE(packed, 8);
      after.writeUInt32LE(seen.size, 12);
      yield after;
      at += 16;
    }
    if (at > MAX_BYTES || seen.size > MAX_BYTES) throw new NodeError('limit', 'A ZIP archive may have 4 GB.');
    directory.push(header(ENTRY, 46, { ...common, ...seen, packed, offset }), encoded);
  }
  const start = at;
  for (const part of directory) {
    at += part.length;
    yield part;
  }
  if (directory.length / 2 > 0xffff) throw new NodeError('limit', 'A ZIP archive may hold 65,535 files.');
  yield endRecord(directory.length / 2, at - start, start);
}

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;

interface Head {
  flags: number;
  method: number;
  time: number;
  nameLength: number;
  crc?: number;
  size?: number;
  packed?: number;
  offset?: number;
}

/** Both kinds of header have the same fields; that of the directory begins two bytes later and has some more. */
function header(signature: number, length: number, head: Head): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  const inDirectory = signature === ENTRY;
  if (inDirectory) bytes.writeUInt16LE(20, 4);
  const at = inDirectory ? 6 : 4;
  bytes.writeUInt16LE(20, at);
  bytes.writeUInt16LE(head.flags, at + 2);
  bytes.writeUInt16LE(head.method, at + 4);
  bytes.writeUInt32LE(head.time, at + 6);
  bytes.writeUInt32LE(head.crc ?? 0, at + 10);
  bytes.writeUInt32LE(head.packed ?? 0, at + 14);
  bytes.writeUInt32LE(head.size ?? 0, at + 18);
  bytes.writeUInt16LE(head.nameLength, at + 22);
  if (inDirectory) bytes.writeUInt32LE(head.offset ?? 0, 42);
  return bytes;
}

function endRecord(count: number, size: number, start: number): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(count, 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(size, 12);
  bytes.writeUInt32LE(start, 16);
  return bytes;
}

async function* counted(
  content: ZipFile['content'],
  seen: { crc: number; size: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    seen.crc = crc32(chunk, seen.crc);
    seen.size += chunk.length;
    yield chunk;
  }
}

/** Two seconds are the finest step; the clock is in UTC, so that the same content gives the same archive. */
function dosTime(ms: number): number {
  const date = new Date(Math.max(ms, Date.UTC(1980, 0, 1)));
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return day * 0x10000 + time;
}
