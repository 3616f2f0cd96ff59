import type { ImapFlow } from 'imapflow';
import type { ReceivedFile, ReceivedMail } from '#engine/mail.ts';
import { parseHeaders } from './headers.ts';
import { type PartOf, partsOf } from './parts.ts';

const CHUNK_BYTES = 256 * 1024;
const MAX_TEXT_BYTES = 2 * 1024 * 1024;
export const MAX_RAW_BYTES = 25 * 1024 * 1024;

/** One message, its files unread; undefined when it is gone. */
export async function fetchMail(
  client: ImapFlow,
  uid: number,
  isRaw: boolean,
  explain: (thrown: unknown) => unknown,
): Promise<ReceivedMail | undefined> {
  const fields = { uid: true, flags: true, headers: true, bodyStructure: true };
  const message = await client.fetchOne(String(uid), fields, { uid: true });
  if (!message) return undefined;
  const about = {
    uid,
    flags: [...(message.flags ?? [])],
    headers: parseHeaders(message.headers ?? new Uint8Array()),
  };
  const read = (part: string | undefined, maxBytes: number) => readText(client, uid, part, maxBytes);
  if (isRaw) {
    const raw = await read(undefined, MAX_RAW_BYTES);
    return { ...about, files: [], raw: raw.text, ...shortened(raw) };
  }
  const parts = partsOf(message.bodyStructure);
  const text = parts.text && (await read(parts.text.part, MAX_TEXT_BYTES));
  const html = parts.html && (await read(parts.html.part, MAX_TEXT_BYTES));
  return {
    ...about,
    ...(text ? { text: text.text } : {}),
    ...(html ? { html: html.text } : {}),
    files: parts.files.map((part) => fileOf(client, uid, part, explain)),
    ...shortened(text),
    ...shortened(html),
  };
}

interface ReadText {
  text: string;
  cut: boolean;
}
const shortened = (read: ReadText | undefined) => (read?.cut ? ({ shortened: true } as const) : {});

async function readText(
  client: ImapFlow,
  uid: number,
  part: string | undefined,
  maxBytes: number,
): Promise<ReadText> {
  const pieces: Uint8Array[] = [];
  for await (const piece of download(client, uid, part, maxBytes)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return { text: bytes.toString('utf8'), cut: bytes.length >= maxBytes };
}

const fileOf = (
  client: ImapFlow,
  uid: number,
  { part, ...about }: PartOf,
  explain: (thrown: unknown) => unknown,
): ReceivedFile => ({
  ...about,
  async *open() {
    try {
      yield* download(client, uid, part, Number.POSITIVE_INFINITY);
    } catch (thrown) {
      throw explain(thrown);
    }
  },
});

/** Decoded content of a part in pieces, or of the whole message as it is. */
async function* download(
  client: ImapFlow,
  uid: number,
  part: string | undefined,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const options = { uid: true, chunkSize: CHUNK_BYTES, ...(Number.isFinite(maxBytes) ? { maxBytes } : {}) };
  const { content } = await client.download(String(uid), part, options);
  // An empty part has no content.
  if (content) yield* content as AsyncIterable<Uint8Array>;
}
