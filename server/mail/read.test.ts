import { afterEach, describe, expect, test } from 'vitest';
import { NodeError, type NodeErrorData } from '#engine/errors.ts';
import type { MailAccount, MailQuery, ReceivedMail } from '#engine/mail.ts';
import { type ImapMessage, type ImapTest, startImapServer } from '#tests/support/imap-server.ts';
import { until } from '#tests/support/until.ts';
import { createMailDoor } from './mail-door.ts';

const door = createMailDoor({ allowPrivateNetworks: ['127.0.0.0/8'] });
const running: ImapTest[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

const lines = (...text: string[]) => text.join('\r\n');
const plain = (subject: string, body = 'Hello'): ImapMessage => ({
  raw: lines('From: ada@example.com', 'To: shop@example.com', `Subject: ${subject}`, '', body),
});

async function start(
  messages: ImapMessage[] = [],
  options: Parameters<typeof startImapServer>[1] = {},
): Promise<[ImapTest, MailAccount]> {
  const server = await startImapServer(messages, options);
  running.push(server);
  const { security = 'none' } = options;
  const account = { host: '127.0.0.1', port: server.port, security, user: 'shop', password: 'right' };
  return [server, { ...account, allowUnauthorized: true }];
}

const query = (more: Partial<MailQuery> = {}): MailQuery => ({
  mailbox: 'INBOX',
  criteria: [],
  limit: 50,
  order: 'oldest',
  ...more,
});

const subjects = (mails: ReceivedMail[]) =>
  mails.map(({ headers }) => headers.find(({ name }) => name === 'subject')?.value);
const found = async (account: MailAccount, more: Partial<MailQuery> = {}) =>
  subjects(await Array.fromAsync(door.read(query(more), account)));

async function failure(work: Promise<unknown>): Promise<NodeErrorData> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NodeError) return error.data;
    throw error;
  }
  throw new Error('should have failed');
}
const failing = (account: MailAccount, more: Partial<MailQuery> = {}) => failure(found(account, more));

test.each(['none', 'starttls', 'tls'] as const)('reads over a connection with %s', async (security) => {
  const [server, account] = await start([plain('one'), plain('two')], { security });
  expect(await found(account)).toEqual(['one', 'two']);
  await until('the connection closes', 5, async () => server.open() === 0);
  expect(server.flags('INBOX')).toEqual([[], []]);
});

test('takes a message apart: text, HTML, files, decoded', async () => {
  const picture = Buffer.from([1, 2, 3, 250]);
  const raw = lines(
    'From: =?utf-8?Q?J=C3=B6rg?= <j@example.com>',
    'Subject: =?utf-8?B?R3LDtsOfZQ==?=',
    'X-Long: one',
    '  two',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'gr=FC=DFe',
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('<b>grüße</b>').toString('base64'),
    '--inner--',
    '--outer',
    'Content-Type: image/png; name="=?utf-8?Q?bild_=C3=A4.png?="',
    'Content-Disposition: attachment; filename="=?utf-8?Q?bild_=C3=A4.png?="',
    'Content-Transfer-Encoding: base64',
    'Content-ID: <pic@x>',
    '',
    picture.toString('base64'),
    '--outer--',
    '',
  );
  const [, account] = await start([{ raw, flags: ['\\Flagged'] }]);
  for await (const mail of door.read(query(), account)) {
    expect(mail).toMatchObject({ uid: 1, flags: ['\\Flagged'], html: '<b>grüße</b>' });
    expect(mail.text?.trim()).toBe('grüße');
    expect(mail.headers.find(({ name }) => name === 'subject')?.value).toBe('Größe');
    expect(mail.headers.find(({ name }) => name === 'x-long')?.value).toBe('one two');
    expect(mail.files).toHaveLength(1);
    const [file] = mail.files;
    expect(file).toMatchObject({ name: 'bild ä.png', mimeType: 'image/png' });
    expect(Buffer.concat(await Array.fromAsync(file!.open()))).toEqual(picture);
  }
});

test('gives a plain message as it is', async () => {
  const message = plain('as it is', 'two\r\nlines');
  const [, account] = await start([message]);
  const [mail] = await Array.fromAsync(door.read(query(), account));
  expect(mail).toMatchObject({ text: 'two\r\nlines', files: [] });
  const [raw] = await Array.fromAsync(door.read(query({ raw: true }), account));
  expect(raw!.raw).toBe(message.raw);
});

describe('finds', () => {
  const messages = [
    { ...plain('old bill'), internaldate: ' 3-Jan-2026 10:00:00 +0000', flags: ['\\Seen'] },
    { ...plain('new bill'), internaldate: ' 3-Feb-2026 10:00:00 +0000' },
    { ...plain('greetings'), internaldate: ' 4-Feb-2026 10:00:00 +0000' },
  ];
  test.each<[string, Partial<MailQuery>, string[]]>([
    ['unread', { criteria: [{ flag: 'seen', is: false }] }, ['new bill', 'greetings']],
    ['by subject', { criteria: [{ field: 'subject', has: 'bill' }] }, ['old bill', 'new bill']],
    [
      'what meets all conditions, also of one kind',
      {
        criteria: [
          { field: 'subject', has: 'bill' },
          { field: 'subject', has: 'new' },
          { flag: 'seen', is: false },
        ],
      },
      ['new bill'],
    ],
    [
      'either and not',
      {
        criteria: [
          {
            or: [
              { field: 'subject', has: 'old' },
              { field: 'subject', has: 'greet' },
            ],
          },
          {
            or: [
              { flag: 'seen', is: true },
              { field: 'subject', has: 'bill' },
            ],
          },
          { not: { field: 'subject', has: 'nothing' } },
        ],
      },
      ['old bill'],
    ],
    ['since a day', { criteria: [{ date: 'since', day: '2026-02-04T00:30:00+02:00' }] }, ['greetings']],
    ['before a day', { criteria: [{ date: 'before', day: '2026-02-01' }] }, ['old bill']],
    ['by number', { criteria: [{ uids: '2:3' }] }, ['new bill', 'greetings']],
    ['by header', { criteria: [{ header: 'Subject', has: 'greetings' }] }, ['greetings']],
    ['the oldest', { limit: 1 }, ['old bill']],
    ['the newest', { limit: 2, order: 'newest' }, ['greetings', 'new bill']],
  ])('%s', async (_what, asked, expected) => {
    const [, account] = await start(messages);
    expect(await found(account, asked)).toEqual(expected);
  });

  test.each<MailQuery['criteria'][number]>([
    { field: 'from', has: 'a\r\nA1 DELETE INBOX' },
    { field: 'from', has: '' },
    { date: 'since', day: 'some day' },
    { uids: '1 2' },
    { header: 'a b', has: 'x' },
    { size: 'larger', bytes: Number.NaN },
  ])('nothing for %j, which would be left out of the search', async (criterion) => {
    const [, account] = await start(messages);
    expect(await failing(account, { criteria: [criterion] })).toMatchObject({
      kind: 'config',
      field: 'search',
    });
  });
});

describe('afterwards', () => {
  test('marks what was read, and only when all was taken', async () => {
    const [server, account] = await start([plain('one'), plain('two'), plain('three')]);
    const work = async () => {
      for await (const { uid } of door.read(query({ after: { seen: true } }), account))
        if (uid === 2) throw new Error('could not be kept');
    };
    await expect(work()).rejects.toThrow('could not be kept');
    expect(server.flags('INBOX')).toEqual([[], [], []]);
    await found(account, { after: { seen: true }, limit: 2 });
    expect(server.flags('INBOX')).toEqual([['\\Seen'], ['\\Seen'], []]);
  });

  test('moves', async () => {
    const [server, account] = await start([plain('one'), plain('two')]);
    await found(account, { criteria: [{ field: 'subject', has: 'one' }], after: { moveTo: 'Done' } });
    expect([server.count('INBOX'), server.count('Done')]).toEqual([1, 1]);
    expect(await failing(account, { after: { moveTo: 'Nowhere' } })).toMatchObject({ kind: 'config' });
    expect(server.count('INBOX')).toBe(1);
  });
});

describe('says why not', () => {
  test('for a wrong password, an unknown mailbox, nobody there', async () => {
    const [server, account] = await start([plain('one')]);
    const refused = await failing({ ...account, password: 'wr0ng' });
    expect(refused).toMatchObject({ kind: 'auth', retryable: false });
    expect(JSON.stringify(refused)).not.toContain('wr0ng');
    expect(await failing(account, { mailbox: 'Nowhere' })).toMatchObject({
      kind: 'config',
      field: 'mailbox',
    });
    await server.close();
    running.length = 0;
    expect(await failing(account)).toMatchObject({ kind: 'upstream', retryable: true });
  });

  test('for encryption that is not there, and certificates that nobody vouches for', async () => {
    const [, bare] = await start([plain('one')]);
    expect(await failing({ ...bare, security: 'starttls' })).toMatchObject({
      kind: 'upstream',
      retryable: false,
    });
    for (const security of ['tls', 'starttls'] as const) {
      const [, account] = await start([plain('one')], { security });
      const data = await failing({ ...account, allowUnauthorized: false });
      expect(data).toMatchObject({ kind: 'upstream', retryable: false });
    }
  });

  test.each(['127.0.0.1', 'localhost', '2130706433', '[::1]', '10.1.2.3'])(
    'for %s: not public',
    async (host) => {
      const [server, account] = await start();
      const closed = createMailDoor({ allowPrivateNetworks: [] });
      const work = Array.fromAsync(closed.read(query(), { ...account, host }));
      expect(await failure(work)).toMatchObject({ kind: 'config', field: 'host' });
      expect(server.open()).toBe(0);
    },
  );
});

describe('a file of ten megabytes', () => {
  const size = 10 * 1024 * 1024;
  const content = Buffer.alloc(size, 'content ').toString('base64').replace(/.{76}/g, '$&\r\n');
  const raw = lines(
    'Subject: big',
    'MIME-Version: 1.0',
    'Content-Type: application/octet-stream; name=big.bin',
    'Content-Disposition: attachment; filename=big.bin',
    'Content-Transfer-Encoding: base64',
    '',
    content,
  );

  test('comes in pieces', async () => {
    const [, account] = await start([{ raw }]);
    let bytes = 0;
    let largest = 0;
    for await (const mail of door.read(query(), account)) {
      for await (const piece of mail.files[0]!.open()) {
        bytes += piece.length;
        largest = Math.max(largest, piece.length);
      }
    }
    expect(bytes).toBe(size);
    expect(largest).toBeLessThan(1024 * 1024);
  });

  test('is never taken for complete when the connection breaks', async () => {
    const [server, account] = await start([{ raw }]);
    const work = async () => {
      for await (const mail of door.read(query(), account))
        for await (const piece of mail.files[0]!.open()) if (piece.length > 0) server.drop();
    };
    expect(await failure(work())).toMatchObject({ kind: 'upstream', retryable: true });
  });

  test('is left when it is told to stop', async () => {
    const [server, account] = await start([{ raw }]);
    const controller = new AbortController();
    const work = async () => {
      for await (const mail of door.read(query({ signal: controller.signal }), account))
        for await (const piece of mail.files[0]!.open())
          if (piece.length > 0) controller.abort(new NodeError('stopped', 'Enough.'));
    };
    expect(await failure(work())).toMatchObject({ kind: 'stopped' });
    await until('the connection closes', 5, async () => server.open() === 0);
  });
});

test('stops when it is told to: while connecting, and between messages', async () => {
  const reason = new NodeError('stopped', 'Enough.');
  const [silent, account] = await start([], { greets: false });
  const first = new AbortController();
  const work = failure(found(account, { signal: first.signal }));
  await until('the connection opens', 5, async () => silent.open() === 1);
  first.abort(reason);
  await until('the connection closes', 5, async () => silent.open() === 0);
  expect(await work).toMatchObject({ kind: 'stopped' });
  const [server, second] = await start([plain('one'), plain('two')]);
  const later = new AbortController();
  const seen: number[] = [];
  const reading = async () => {
    for await (const { uid } of door.read(query({ signal: later.signal, after: { seen: true } }), second)) {
      seen.push(uid);
      later.abort(reason);
    }
  };
  expect(await failure(reading())).toMatchObject({ kind: 'stopped' });
  expect(seen).toEqual([1]);
  expect(server.flags('INBOX')).toEqual([[], []]);
  await until('the connection closes', 5, async () => server.open() === 0);
});
