import type { Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { MailAccount } from '#engine/mail.ts';
import { connectChecked, type OutboundRules } from '../outbound/connect.ts';
import { toMailError } from './failures.ts';
import { readMail } from './read.ts';
import { transportOptions } from './send.ts';

const TIMEOUT_MS = 15_000;

/** Connects and logs in, and nothing more. Throws NodeError; see MailDoor. */
export async function logIn(
  protocol: 'smtp' | 'imap',
  account: MailAccount,
  rules: OutboundRules,
): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  if (protocol === 'imap') {
    const query = { mailbox: 'INBOX', criteria: [{ uids: '1' }], limit: 1, order: 'oldest' as const, signal };
    for await (const _mail of readMail(query, account, rules)) break;
    return;
  }
  const socket = await connectChecked(
    {
      ...account,
      tls: account.security === 'tls' ? { rejectUnauthorized: !account.allowUnauthorized } : undefined,
      timeoutMs: TIMEOUT_MS,
      signal,
    },
    rules,
  );
  try {
    const getSocket = (
      _options: unknown,
      callback: (e: null, o: { connection: Socket; secured: boolean }) => void,
    ) => callback(null, { connection: socket, secured: true });
    await createTransport({ ...transportOptions(account), getSocket }).verify();
  } catch (thrown) {
    throw toMailError(thrown, `${account.host}:${account.port}`);
  } finally {
    socket.destroy();
  }
}
