import { createInflateRaw } from 'node:zlib';
import { NodeError } from '#engine/errors.ts';
import { through } from './through.ts';

/** What may come out of one archive, however small it is. */
export interface ZipLimits {
  entries: number;
  /** All contents together, unpacked. */
  bytes: number;
  /** How many times larger an entry may be than it was packed; only asked above 10 MB. */
  ratio: number;
}

export const ZIP_LIMITS: ZipLimits = { entries: 10_000, bytes: 1024 ** 3, ratio: 500 };
const RATIO_FROM = 10 * 1024 * 1024;

export interface ZipEntry {
  /** As it stands in the archive, with folders. */
  name: string;
  isFolder: boolean;
  /** The content, unpacked outside of this thread. Throws NodeError: limit, or config for damaged ones. */
  open(): AsyncGenerator<Uint8Array>;
}

interface Header {
  name: string;
  flags: number;
  method: number;
  packed: number;
  offset: number;
}

/**
 * What an archive holds, by its directory at the end (what comes before the entries may be anything). What the archive
 * says about sizes is not believed: contents are counted while they come out. Throws NodeError(config) for what is no ZIP.
 */
export function openZip(archive: Uint8Array, limits: ZipLimits = ZIP_LIMITS): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const headers = readDirectory(archive, view, limits);
  const out = { bytes: 0 };
  return headers.map((header) => ({
    name: header.name,
    isFolder: /[\\/]$/.test(header.name),
    open: () => unpack(archive, view, header, limits, out),
  }));
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

function readDirectory(archive: Uint8Array, view: DataView, limits: ZipLimits): Header[] {
  const end = findEnd(view);
  if (end < 0) throw broken('it is no ZIP archive');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === 0xffffffff || count === 0xffff) throw broken('archives of more than 4 GB cannot be read');
  if (count > limits.entries)
    throw new NodeError('limit', `The archive holds ${count} files; at most ${limits.entries} are unpacked.`);
  const headers: Header[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY)
      throw broken('its directory is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    const name = archive.subarray(at + 46, at + 46 + nameLength);
    headers.push({
      name: Buffer.from(name).toString(flags & 0x800 || isUtf8(name) ? 'utf8' : 'latin1'),
      flags,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return headers;
}

/** The end record is in the last 64 kB, behind it only a comment. */
function findEnd(view: DataView): number {
  const from = view.byteLength - 22;
  for (let at = from; at >= Math.max(0, from - 0xffff); at--) if (view.getUint32(at, true) === END) return at;
  return -1;
}

async function* unpack(
  archive: Uint8Array,
  view: DataView,
  { name, flags, method, packed, offset }: Header,
  limits: ZipLimits,
  out: { bytes: number },
): AsyncGenerator<Uint8Array> {
  if (flags & 1) throw broken(`“${name}” in it is encrypted`);
  if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== LOCAL)
    throw broken(`“${name}” in it is damaged`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > view.byteLength) throw broken(`“${name}” in it is cut off`);
  const content = archive.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw broken(`“${name}” in it is packed in a way that is not known here`);
  let size = 0;
  for await (const chunk of method === 0 ? [content] : inflate(content, name)) {
    size += chunk.length;
    out.bytes += chunk.length;
    if (out.bytes > limits.bytes)
      throw new NodeError(
        'limit',
        `Unpacked, the archive has more than ${megabytes(limits.bytes)}; that is the most here.`,
      );
    if (size > RATIO_FROM && size > limits.ratio * Math.max(1, packed))
      throw new NodeError(
        'limit',
        `“${name}” in the archive grows more than ${limits.ratio} times: it looks made to fill the memory.`,
      );
    yield chunk;
  }
}

const PIECE = 256 * 1024;

async function* inflate(packed: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* through(pieces(packed), createInflateRaw({ chunkSize: 64 * 1024 }));
  } catch (error) {
    throw broken(`“${name}” in it is damaged (${(error as Error).message})`);
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false; // an old archive: the names are in the code page of whoever packed it
  }
};

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

const broken = (why: string) =>
  new NodeError('config', `The archive cannot be unpacked: ${why}.`, { retryable: false });
