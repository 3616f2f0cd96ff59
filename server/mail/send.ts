import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type Mail from 'nodemailer/lib/mailer/index.js';
import { NodeError } from '#engine/errors.ts';
import type { MailAccount, OutgoingFile, OutgoingMail, SentMail } from '#engine/mail.ts';
import { connectChecked, type OutboundRules } from '../outbound/connect.ts';
import { toMailError } from './failures.ts';

const MAX_FILE_BYTES = 50 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 15_000;
const SILENCE_TIMEOUT_MS = 60_000;
const WHOLE_TIMEOUT_MS = 10 * 60_000;
/** What a server says to one message is short; one that talks on would fill the memory. */
const MAX_ANSWER_BYTES = 1024 * 1024;

type SocketCallback = (error: Error | null, options: { connection: Socket; secured: boolean }) => void;

/** Sends one message over a connection of its own. Throws NodeError; see MailDoor. */
export async function sendMail(
  mail: OutgoingMail,
  account: MailAccount,
  rules: OutboundRules,
): Promise<SentMail> {
  const deadline = AbortSignal.timeout(WHOLE_TIMEOUT_MS);
  const signal = mail.signal ? AbortSignal.any([mail.signal, deadline]) : deadline;
  const host = `${account.host}:${account.port}`;
  try {
    const contents = mail.files.map((file) => Readable.from(counted(file), { objectMode: false }));
    const message = composed(mail, contents);
    const socket = await connectChecked(
      {
        ...account,
        tls: account.security === 'tls' ? { rejectUnauthorized: !account.allowUnauthorized } : undefined,
        timeoutMs: CONNECT_TIMEOUT_MS,
        signal,
      },
      rules,
    );
    const stopped = Promise.withResolvers<never>();
    const stop = () => {
      socket.destroy();
      stopped.reject(signal.reason);
    };
    const watch = setInterval(() => {
      if (socket.bytesRead > MAX_ANSWER_BYTES) socket.destroy();
    }, 100);
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      const transport = createTransport({
        ...transportOptions(account),
        getSocket: (_options: unknown, callback: SocketCallback) =>
          callback(null, { connection: socket, secured: true }),
      });
      const info = await Promise.race([transport.sendMail(message), stopped.promise]);
      return {
        accepted: info.accepted.map(addressOf),
        rejected: info.rejected.map(addressOf),
        messageId: info.messageId,
        response: info.response,
        envelope: { from: info.envelope.from || '', to: info.envelope.to },
        sizeBytes: (info as { messageSize?: number }).messageSize ?? 0,
      };
    } finally {
      clearInterval(watch);
      signal.removeEventListener('abort', stop);
      socket.destroy();
      // What was not read to its end would stay open.
      for (const content of contents) content.destroy();
    }
  } catch (thrown) {
    mail.signal?.throwIfAborted();
    if (deadline.aborted) throw new NodeError('timeout', `${host} took too long for one message.`);
    throw toMailError(thrown, host);
  }
}

export function transportOptions({ host, port, security, user, password, allowUnauthorized }: MailAccount) {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // The name of this machine is nobody's business.
    name: '[127.0.0.1]',
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
    tls: { rejectUnauthorized: !allowUnauthorized },
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
  };
}

function composed(mail: OutgoingMail, contents: readonly Readable[]): Mail.Options {
  const bytes = mail.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (bytes > MAX_FILE_BYTES) throw tooLarge();
  const { from, to, cc, bcc, replyTo, subject, text, html, messageId, date } = mail;
  return {
    from,
    to,
    cc,
    bcc,
    replyTo,
    subject,
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    messageId,
    date: new Date(date),
    attachments: mail.files.map((file, i) => ({
      filename: file.name,
      contentType: file.mimeType,
      ...(file.contentId === undefined ? {} : { cid: file.contentId }),
      content: contents[i]!,
    })),
    xMailer: false,
    // Content comes from the item's files only, whatever a message says.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What an item says of a file's size need not be true. */
async function* counted(file: OutgoingFile): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of file.open()) {
    bytes += chunk.length;
    if (bytes > MAX_FILE_BYTES) throw tooLarge();
    yield chunk;
  }
}

const tooLarge = () =>
  new NodeError('limit', 'A message may carry files of 50 MB; these have more.', {
    field: 'files',
    retryable: false,
  });

const addressOf = (one: string | Mail.Address): string => (typeof one === 'string' ? one : one.address);
