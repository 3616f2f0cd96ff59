import { ImapFlow } from 'imapflow';
import { NodeError } from '#engine/errors.ts';
import type { MailAccount, MailQuery, ReceivedFile, ReceivedMail } from '#engine/mail.ts';
import { checkHost, type OutboundRules } from '../outbound/connect.ts';
import { checkedLookup } from '../outbound/lookup.ts';
import { toSearch } from './criteria.ts';
import { toMailError } from './failures.ts';
import { parseHeaders } from './headers.ts';
import { type PartOf, partsOf } from './parts.ts';

const CONNECT_TIMEOUT_MS = 15_000;
const SILENCE_TIMEOUT_MS = 60_000;
const WHOLE_TIMEOUT_MS = 15 * 60_000;
const CHUNK_BYTES = 256 * 1024;
const MAX_TEXT_BYTES = 2 * 1024 * 1024;
const MAX_RAW_BYTES = 25 * 1024 * 1024;
/** Texts and raw messages of one call together; files are not among them, since they are never held. */
const MAX_ALL_TEXT_BYTES = 100 * 1024 * 1024;

/** Reads a mailbox over a connection of its own, a message at a time. Throws NodeError; see MailDoor. */
export async function* readMail(
  query: MailQuery,
  account: MailAccount,
  rules: OutboundRules,
): AsyncGenerator<ReceivedMail> {
  const deadline = AbortSignal.timeout(WHOLE_TIMEOUT_MS);
  const signal = query.signal ? AbortSignal.any([query.signal, deadline]) : deadline;
  const host = `${account.host}:${account.port}`;
  const explain = (thrown: unknown): unknown => {
    if (query.signal?.aborted) return query.signal.reason;
    if (deadline.aborted) return new NodeError('timeout', `${host} took too long for one mailbox.`);
    return toMailError(thrown, host);
  };
  const client = createClient(account, rules);
  const stop = () => client.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    checkHost(account.host, rules.allowed);
    const search = toSearch(query.criteria);
    await client.connect();
    await openMailbox(client, query, host);
    const found = await client.search(search, { uid: true });
    if (!found) throw new NodeError('config', `${host} does not know this search.`, { field: 'search' });
    const uids = choose(found, query);
    let textBytes = 0;
    for (const uid of uids) {
      const mail = await fetchMail(client, uid, query, explain);
      if (!mail) continue; // somebody else deleted it meanwhile
      textBytes += (mail.text?.length ?? 0) + (mail.html?.length ?? 0) + (mail.raw?.length ?? 0);
      if (textBytes > MAX_ALL_TEXT_BYTES) throw tooMuch();
      yield mail;
      signal.throwIfAborted();
    }
    await dealWith(client, uids, query);
    await client.logout();
  } catch (thrown) {
    throw explain(thrown);
  } finally {
    signal.removeEventListener('abort', stop);
    client.close();
  }
}

async function openMailbox(
  client: ImapFlow,
  { mailbox, after = {} }: MailQuery,
  host: string,
): Promise<void> {
  try {
    await client.mailboxOpen(mailbox, { readOnly: !after.seen && !after.moveTo });
  } catch (thrown) {
    const { responseStatus, responseText } = thrown as { responseStatus?: string; responseText?: string };
    const error = toMailError(thrown, host);
    if (responseStatus === undefined || error.data.retryable) throw error;
    throw new NodeError('config', `${host} has no mailbox “${mailbox}” that can be read.`, {
      field: 'mailbox',
      detail: responseText,
    });
  }
}

function createClient(account: MailAccount, { allowed, resolve }: OutboundRules): ImapFlow {
  const { host, port, security, user = '', password = '', allowUnauthorized } = account;
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth: { user, pass: password },
    // The lookup of the socket itself: the address that is checked is the one that gets connected.
    tls: { rejectUnauthorized: !allowUnauthorized, lookup: checkedLookup(allowed, resolve) },
    clientInfo: { name: 'LinkFlow', version: false, vendor: false, 'support-url': false },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    maxLineLength: 8 * 1024 * 1024,
    maxLiteralSize: MAX_RAW_BYTES,
    maxResponseSize: 2 * MAX_RAW_BYTES,
  });
  // What breaks a connection also fails the command under way; without a listener it would end the process.
  client.on('error', () => undefined);
  return client;
}

function choose(found: readonly number[], { limit, order }: MailQuery): number[] {
  const uids = found.toSorted((a, b) => a - b);
  return order === 'oldest' ? uids.slice(0, limit) : uids.reverse().slice(0, limit);
}

async function fetchMail(
  client: ImapFlow,
  uid: number,
  query: MailQuery,
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
  if (query.raw) {
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

/** Only now: were one of the messages lost on the way to the workflow, all are still there to be read again. */
async function dealWith(client: ImapFlow, uids: number[], { after = {} }: MailQuery): Promise<void> {
  if (uids.length === 0) return;
  const range = uids.join(',');
  if (after.seen && !(await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })))
    throw new NodeError('upstream', 'The messages could not be marked as read.');
  if (after.moveTo && !(await client.messageMove(range, after.moveTo, { uid: true })))
    throw new NodeError('config', `The messages could not be moved to “${after.moveTo}”.`, {
      field: 'moveTo',
    });
}

const tooMuch = () =>
  new NodeError('limit', 'The messages have more than 100 MB of text. Read fewer at a time.', {
    field: 'limit',
    retryable: false,
  });
