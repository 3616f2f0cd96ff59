import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { NodeError, type NodeErrorData } from '#engine/errors.ts';
import type { MailAccount, OutgoingMail } from '#engine/mail.ts';
import { type SmtpBehaviour, type SmtpTest, startSmtpServer } from '#tests/support/smtp-server.ts';
import { until } from '#tests/support/until.ts';
import { createMailDoor } from './mail-door.ts';

const door = createMailDoor({ allowPrivateNetworks: ['127.0.0.0/8'] });
const running: SmtpTest[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function start(behaviour: SmtpBehaviour = {}): Promise<[SmtpTest, MailAccount]> {
  const server = await startSmtpServer(behaviour);
  running.push(server);
  return [
    server,
    {
      host: '127.0.0.1',
      port: server.port,
      security: behaviour.security ?? 'none',
      user: 'shop',
      password: 'right',
      allowUnauthorized: true,
    },
  ];
}

const message = (more: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: { name: 'The shop', address: 'shop@example.com' },
  to: [{ name: 'Ada', address: 'ada@example.com' }],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: 'Your order',
  text: 'It is on its way.',
  files: [],
  messageId: '<one@example.com>',
  date: Date.UTC(2026, 0, 31, 9),
  ...more,
});

const file = (name: string, open: () => AsyncIterable<Uint8Array>, sizeBytes = 1) => ({
  name,
  mimeType: 'application/octet-stream',
  sizeBytes,
  open,
});
async function* once(text: string) {
  yield Buffer.from(text);
}

async function failure(work: Promise<unknown>): Promise<NodeErrorData> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NodeError) return error.data;
    throw error;
  }
  throw new Error('should have failed');
}

describe('sending', () => {
  test.each(['none', 'starttls', 'tls'] as const)('over a connection with %s', async (security) => {
    const [server, account] = await start({ security });
    const sent = await door.send(message(), account);
    expect(sent).toMatchObject({
      accepted: ['ada@example.com'],
      rejected: [],
      messageId: '<one@example.com>',
      envelope: { from: 'shop@example.com', to: ['ada@example.com'] },
    });
    expect(sent.response).toMatch(/^250/);
    expect(server.messages).toHaveLength(1);
    const [got] = server.messages;
    expect(got).toMatchObject({ secure: security !== 'none', user: 'shop', to: ['ada@example.com'] });
    expect(got!.head).toContain('Message-ID: <one@example.com>');
    expect(got!.head).toContain('Date: Sat, 31 Jan 2026 09:00:00 +0000');
    expect(got!.head).not.toMatch(/X-Mailer|nodemailer/i);
    await until('the connection closes', 5, async () => server.open() === 0);
  });

  test('to everybody, without showing who got a hidden copy', async () => {
    const [server, account] = await start();
    const mail = message({
      cc: [{ name: '', address: 'bob@example.com' }],
      bcc: [{ name: '', address: 'secret@example.com' }],
      replyTo: [{ name: 'Help, please', address: 'help@example.com' }],
      subject: 'Größe 😀',
      html: '<b>On its way</b>',
    });
    await door.send(mail, account);
    const [got] = server.messages;
    expect(got!.to).toEqual(['ada@example.com', 'bob@example.com', 'secret@example.com']);
    expect(got!.head).not.toContain('secret@');
    expect(got!.head).toContain('Reply-To: "Help, please" <help@example.com>');
    expect(got!.head).toContain('Subject: =?UTF-8?');
    expect(got!.head).toContain('multipart/alternative');
  });

  test('never without encryption where it was asked for, and never to whom nobody vouches for', async () => {
    const [plain, account] = await start({ security: 'none' });
    expect(await failure(door.send(message(), { ...account, security: 'starttls' }))).toMatchObject({
      kind: 'upstream',
      retryable: false,
    });
    expect(plain.messages).toEqual([]);
    for (const security of ['tls', 'starttls'] as const) {
      const [server, strict] = await start({ security });
      const data = await failure(door.send(message(), { ...strict, allowUnauthorized: false }));
      expect(data).toMatchObject({ kind: 'upstream', retryable: false });
      expect(server.messages).toEqual([]);
    }
  });
});

describe('what a server refuses', () => {
  test('a wrong password', async () => {
    const [, account] = await start();
    const data = await failure(door.send(message(), { ...account, password: 'wr0ng' }));
    expect(data).toMatchObject({ kind: 'auth', retryable: false, status: 535 });
    expect(JSON.stringify(data)).not.toContain('wr0ng');
  });

  test('a recipient, the sender, the message', async () => {
    const refuse = (address: string): [number, string] | undefined =>
      address.startsWith('no') ? [550, 'No such user'] : undefined;
    const [server, account] = await start({ refuse });
    const nobody = { name: '', address: 'nobody@example.com' };
    expect(await failure(door.send(message({ to: [nobody] }), account))).toMatchObject({
      kind: 'config',
      field: 'to',
      status: 550,
      detail: expect.stringContaining('No such user'),
    });
    expect(await failure(door.send(message({ from: nobody }), account))).toMatchObject({
      kind: 'config',
      field: 'from',
    });
    const some = await door.send(message({ to: [nobody, ...message().to] }), account);
    expect(some).toMatchObject({ accepted: ['ada@example.com'], rejected: ['nobody@example.com'] });
    expect(server.messages).toHaveLength(1);
    const [, spam] = await start({ answer: () => [554, 'Spam'] });
    expect(await failure(door.send(message(), spam))).toMatchObject({ kind: 'upstream', retryable: false });
  });

  test('for now only: that may be tried again', async () => {
    let full = true;
    const answer = (): [number, string] | undefined => (full ? [452, 'Mailbox full'] : undefined);
    const [server, account] = await start({ answer });
    const data = await failure(door.send(message(), account));
    expect(data).toMatchObject({ kind: 'upstream', retryable: true, status: 452 });
    full = false;
    await door.send(message(), account);
    expect(server.messages).toHaveLength(1);
  });

  test('nobody there', async () => {
    const [server, account] = await start();
    await server.close();
    expect(await failure(door.send(message(), account))).toMatchObject({ kind: 'upstream', retryable: true });
    running.length = 0;
  });
});

test.each(['127.0.0.1', 'localhost', '2130706433', '[::1]', '10.1.2.3', '169.254.169.254'])(
  'does not reach %s, which is not public',
  async (host) => {
    const [server, account] = await start();
    const closed = createMailDoor({ allowPrivateNetworks: [] });
    const data = await failure(closed.send(message(), { ...account, host }));
    expect(data).toMatchObject({ kind: 'config', field: 'host', retryable: false });
    expect(server.open()).toBe(0);
  },
);

test('connects to the address that was checked', async () => {
  const [server, account] = await start();
  const answers = ['127.0.0.1', '10.0.0.1'];
  const rebinding = createMailDoor({
    allowPrivateNetworks: ['127.0.0.0/8'],
    resolve: async () => [{ address: answers.shift()!, family: 4 }],
  });
  await rebinding.send(message(), { ...account, host: 'mail.example' });
  expect(server.messages).toHaveLength(1);
  expect(await failure(rebinding.send(message(), { ...account, host: 'mail.example' }))).toMatchObject({
    kind: 'config',
  });
});

describe('attachments', () => {
  test('with their names and types, one that the HTML shows inside', async () => {
    const [server, account] = await start();
    const files = [
      { ...file('größe.txt', () => once('hello')), mimeType: 'text/plain' },
      { ...file('logo.png', () => once('png')), mimeType: 'image/png', contentId: 'logo' },
    ];
    await door.send(message({ html: '<img src="cid:logo">', files }), account);
    const { head } = server.messages[0]!;
    expect(head).toContain(Buffer.from('hello').toString('base64'));
    expect(head).toContain('Content-ID: <logo>');
    expect(head).toContain("filename*0*=utf-8''gr%C3%B6%C3%9Fe.txt");
  });

  test('of ten megabytes are read no faster than they are sent', async () => {
    const [server, account] = await start();
    const piece = Buffer.alloc(64 * 1024, 7);
    let given = 0;
    let ahead = 0;
    async function* content() {
      for (let i = 0; i < 160; i++) {
        given += piece.length;
        ahead = Math.max(ahead, given - server.received());
        yield piece;
        await setImmediate();
      }
    }
    await door.send(message({ files: [file('big.bin', content, 160 * piece.length)] }), account);
    expect(given).toBe(10 * 1024 * 1024);
    expect(server.messages[0]!.bytes).toBeGreaterThan(given * 1.3);
    expect(ahead).toBeLessThan(5 * 1024 * 1024);
  });

  test('that are too large, or break off, send nothing', async () => {
    const [server, account] = await start();
    const huge = [file('a', () => once('x'), 60 * 1024 * 1024)];
    expect(await failure(door.send(message({ files: huge }), account))).toMatchObject({ kind: 'limit' });
    async function* endless() {
      for (;;) yield Buffer.alloc(1024 * 1024);
    }
    expect(await failure(door.send(message({ files: [file('a', endless)] }), account))).toMatchObject({
      kind: 'limit',
    });
    async function* broken() {
      yield Buffer.from('begin');
      throw new NodeError('upstream', 'The file is gone.');
    }
    expect(await failure(door.send(message({ files: [file('a', broken)] }), account))).toMatchObject({
      message: 'The file is gone.',
    });
    expect(server.messages).toEqual([]);
  });
});

test('stops in the middle when it is told to', async () => {
  const arrived = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const [server, account] = await start({
    onData: () => {
      arrived.resolve();
      return goOn.promise;
    },
  });
  const controller = new AbortController();
  let closed = false;
  async function* slow() {
    try {
      yield Buffer.alloc(200_000);
      await arrived.promise;
      controller.abort(new NodeError('stopped', 'Enough.'));
      for (;;) yield Buffer.alloc(200_000);
    } finally {
      closed = true;
    }
  }
  const mail = message({ files: [file('slow.bin', slow)], signal: controller.signal });
  expect(await failure(door.send(mail, account))).toMatchObject({ kind: 'stopped', message: 'Enough.' });
  goOn.resolve();
  await until('the file is closed', 5, async () => closed);
  await until('the connection closes', 5, async () => server.open() === 0);
  expect(server.messages).toEqual([]);
});
