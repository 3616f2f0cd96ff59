import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface SmtpMessage {
  from: string;
  to: string[];
  /** Over an encrypted connection. */
  secure: boolean;
  user: unknown;
  /** What came, but only its beginning is kept when it is long. */
  head: string;
  bytes: number;
}

export interface SmtpTest {
  port: number;
  messages: SmtpMessage[];
  /** Bytes of all messages, also of those under way. */
  received(): number;
  /** Connections that are open at the moment. */
  open(): number;
  close(): Promise<void>;
}

export interface SmtpBehaviour {
  security?: 'tls' | 'starttls' | 'none';
  /** A code and text for a sender or recipient that is not taken. */
  refuse?: (address: string) => [number, string] | undefined;
  /** A code and text instead of taking the message. */
  answer?: (head: string) => [number, string] | undefined;
  /** Called when the first bytes of a message are there; the server reads on when this resolves. */
  onData?: () => Promise<void>;
}

/** One that nobody vouches for, and long expired. */
const certificate = (part: 'key' | 'crt') =>
  readFileSync(createRequire(import.meta.url).resolve(`hoodiecrow-imap/cert/server.${part}`));
const USER = 'shop';
const PASSWORD = 'right';
const HEAD_BYTES = 100_000;
const refusal = ([responseCode, text]: [number, string]) => Object.assign(new Error(text), { responseCode });

/** A mail server on this machine: takes the user `shop` with the password `right`, and remembers what it is sent. */
export async function startSmtpServer(behaviour: SmtpBehaviour = {}): Promise<SmtpTest> {
  const { security = 'none', refuse, answer, onData } = behaviour;
  const messages: SmtpMessage[] = [];
  let open = 0;
  let received = 0;
  const server = new SMTPServer({
    secure: security === 'tls',
    key: certificate('key'),
    cert: certificate('crt'),
    disabledCommands: security === 'starttls' ? [] : ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    disableReverseLookup: true,
    onConnect: (_session, done) => {
      open++;
      done();
    },
    onClose: () => open--,
    onAuth: ({ username, password }, _session, done) =>
      username === USER && password === PASSWORD
        ? done(null, { user: username })
        : done(refusal([535, 'Invalid username or password'])),
    onMailFrom: ({ address }, _session, done) => done(asError(refuse?.(address))),
    onRcptTo: ({ address }, _session, done) => done(asError(refuse?.(address))),
    onData: (stream, session, done) => {
      const read = async () => {
        let head = Buffer.alloc(0);
        let bytes = 0;
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          if (bytes === 0) await onData?.();
          bytes += chunk.length;
          received += chunk.length;
          if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]);
        }
        const refused = answer?.(head.toString('latin1'));
        if (refused) throw refusal(refused);
        const { mailFrom, rcptTo } = session.envelope;
        messages.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user,
          head: head.toString('latin1'),
          bytes,
        });
      };
      read().then(() => done(), done);
    },
  });
  server.on('error', () => undefined); // clients that hang up are part of the tests
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    messages,
    received: () => received,
    open: () => open,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const asError = (refused: [number, string] | undefined) => (refused ? refusal(refused) : null);
