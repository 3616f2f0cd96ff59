import { ImapFlow, type SearchObject } from 'imapflow';
import { NodeError } from '#engine/errors.ts';
import type { MailAccount, MailQuery } from '#engine/mail.ts';
import { checkHost, type OutboundRules } from '../outbound/connect.ts';
import { checkedLookup } from '../outbound/lookup.ts';
import { toMailError } from './failures.ts';
import { MAX_RAW_BYTES } from './message.ts';

const CONNECT_TIMEOUT_MS = 15_000;
const SILENCE_TIMEOUT_MS = 60_000;

export interface MailboxWork {
  client: ImapFlow;
  /** Name and port, for messages to people. */
  host: string;
  /** Turns what broke the work into what people are told. */
  explain(thrown: unknown): unknown;
  /** Throws when the work has to end. */
  check(): void;
}

/** A connection for one mailbox, until it is closed. The signal and the time limit break it. */
export function openClient(
  account: MailAccount,
  rules: OutboundRules,
  { signal: given, timeoutMs }: { signal?: AbortSignal | undefined; timeoutMs: number },
): MailboxWork & { connect(): Promise<void>; close(): void } {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = given ? AbortSignal.any([given, deadline]) : deadline;
  const host = `${account.host}:${account.port}`;
  const client = createClient(account, rules);
  const stop = () => client.close();
  signal.addEventListener('abort', stop, { once: true });
  return {
    client,
    host,
    check: () => signal.throwIfAborted(),
    explain(thrown) {
      if (given?.aborted) return given.reason;
      if (deadline.aborted) return new NodeError('timeout', `${host} took too long for one mailbox.`);
      return toMailError(thrown, host);
    },
    async connect() {
      signal.throwIfAborted();
      checkHost(account.host, rules.allowed);
      await client.connect();
    },
    close() {
      signal.removeEventListener('abort', stop);
      client.close();
    },
  };
}

/** Throws NodeError(config) when the server has no such mailbox. */
export async function openMailbox(
  { client, host }: MailboxWork,
  { mailbox, after = {} }: Pick<MailQuery, 'mailbox' | 'after'>,
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

/** Numbers of the messages that are found, in no order. Throws NodeError(config) when the server cannot search so. */
export async function searchUids({ client, host }: MailboxWork, search: SearchObject): Promise<number[]> {
  const found = await client.search(search, { uid: true });
  if (!found) throw new NodeError('config', `${host} does not know this search.`, { field: 'search' });
  return found;
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

/** Only now: were one of the messages lost on the way to the workflow, all are still there to be read again. */
export async function dealWith(
  client: ImapFlow,
  uids: readonly number[],
  after: MailQuery['after'] = {},
): Promise<void> {
  if (uids.length === 0) return;
  const range = uids.join(',');
  if (after.seen && !(await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })))
    throw new NodeError('upstream', 'The messages could not be marked as read.');
  if (after.moveTo && !(await client.messageMove(range, after.moveTo, { uid: true })))
    throw new NodeError('config', `The messages could not be moved to “${after.moveTo}”.`, {
      field: 'moveTo',
    });
}
