import { describe, expect, test } from 'vitest';
import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import type { MailAccount, MailQuery, ReceivedMail } from '#engine/mail.ts';
import { nodeCatalog } from '../definitions.ts';
import { jsonOf, type NodeTest, runNode } from '../testing.ts';
import { emailReadNode } from './execute.ts';

const header = (name: string, value: string, raw = value) => ({
  name: name.toLowerCase(),
  value,
  line: `${name}: ${raw}`,
});
const mail = (more: Partial<ReceivedMail> = {}): ReceivedMail => ({
  uid: 7,
  flags: ['\\Seen'],
  headers: [
    header('From', 'Jörg <j@example.com>', '=?utf-8?Q?J=C3=B6rg?= <j@example.com>'),
    header('To', 'a@example.com, "B, C" <b@example.com>'),
    header('Subject', 'Größe'),
    header('Date', 'Sat, 31 Jan 2026 10:00:00 +0100'),
    header('Message-ID', '<1@example.com>'),
    header('Received', 'first'),
    header('Received', 'second'),
    header('__proto__', 'polluted'),
  ],
  text: 'Hello\r\n\r\nBye <x>',
  files: [],
  ...more,
});

async function read(parameters: JsonObject, mails: ReceivedMail[] = [mail()], more: NodeTest = {}) {
  const calls: { query: MailQuery; account: MailAccount }[] = [];
  const result = await runNode(emailReadNode, {
    ...more,
    parameters,
    credentials: { account: { type: 'imap', data: { host: 'imap.test' } } },
    mail: {
      async *read(query, account) {
        calls.push({ query, account });
        yield* mails;
      },
    },
  });
  return { result, json: jsonOf(result), query: calls[0]!.query, account: calls[0]!.account };
}

describe('gives', () => {
  test('text and headers', async () => {
    const { json } = await read({});
    expect(json).toEqual([
      {
        from: 'Jörg <j@example.com>',
        to: 'a@example.com, "B, C" <b@example.com>',
        subject: 'Größe',
        date: 'Sat, 31 Jan 2026 10:00:00 +0100',
        textPlain: 'Hello\r\n\r\nBye <x>',
        textHtml: '',
        metadata: { 'message-id': '<1@example.com>', received: 'first' },
        attributes: { uid: 7, flags: ['\\Seen'] },
      },
    ]);
  });

  test('everything taken apart', async () => {
    const { json } = await read({ format: 'resolved' });
    expect(json[0]).toMatchObject({
      subject: 'Größe',
      date: '2026-01-31T09:00:00.000Z',
      messageId: '<1@example.com>',
      html: false,
      textAsHtml: '<p>Hello</p><p>Bye &lt;x&gt;</p>',
      from: { value: [{ address: 'j@example.com', name: 'Jörg' }], text: '"Jörg" <j@example.com>' },
      headers: { subject: 'Subject: Größe', received: 'Received: first' },
    });
    expect((json[0]!.to as { value: unknown }).value).toEqual([
      { address: 'a@example.com', name: '' },
      { address: 'b@example.com', name: 'B, C' },
    ]);
    expect(Object.keys(json[0]!.headers as object)).not.toContain('__proto__');
  });

  test('the message as it is', async () => {
    const { json, query } = await read({ format: 'raw' }, [mail({ raw: 'Subject: x\r\n\r\n' })]);
    expect(json).toEqual([{ raw: 'Subject: x\r\n\r\n', attributes: { uid: 7, flags: ['\\Seen'] } }]);
    expect(query.raw).toBe(true);
  });

  test('attachments as files, without one that is too large', async () => {
    const file = (name: string | undefined, open: () => AsyncIterable<Uint8Array>) => ({
      ...(name ? { name } : {}),
      mimeType: 'text/plain',
      open,
    });
    async function* hello() {
      yield Buffer.from('hello');
    }
    // biome-ignore lint/correctness/useYield: it fails before it gives anything
    async function* tooLarge(): AsyncGenerator<Uint8Array> {
      throw new NodeError('limit', 'Too large.');
    }
    const files = [file('../a.txt', hello), file('big.bin', tooLarge), file(undefined, hello)];
    const { result } = await read({ attachments: true, prefix: 'file' }, [mail({ files })]);
    expect(result.outputs.main![0]!.files).toEqual({
      file0: { name: 'a.txt', mimeType: 'text/plain', sizeBytes: 5, data: btoa('hello') },
      file1: { mimeType: 'text/plain', sizeBytes: 5, data: btoa('hello') },
    });
    expect((await read({}, [mail({ files })])).result.outputs.main![0]).not.toHaveProperty('files');
  });
});

describe('asks', () => {
  test('for unread messages, the newest first, and leaves them unread', async () => {
    const { query, account } = await read({});
    expect(query).toMatchObject({
      mailbox: 'INBOX',
      criteria: [{ flag: 'seen', is: false }],
      limit: 50,
      order: 'newest',
      after: {},
    });
    expect(account).toMatchObject({ host: 'imap.test', port: 993, security: 'tls' });
  });

  test('for what the filter says', async () => {
    const filter = { from: 'ada', subject: 'bill', text: '', since: '2026-01-31', before: '2026-02-28' };
    const { query } = await read({ which: 'all', filter, after: 'move', moveTo: ' Done ' });
    expect(query.criteria).toEqual([
      { field: 'from', has: 'ada' },
      { field: 'subject', has: 'bill' },
      { date: 'since', day: '2026-01-31' },
      { date: 'before', day: '2026-02-28' },
    ]);
    expect(query.after).toEqual({ moveTo: 'Done' });
  });

  test('by IMAP conditions', async () => {
    const search = [
      '!seen',
      ['FROM', 'ada'],
      ['OR', ['UNFLAGGED'], ['OR', 'NEW', ['LARGER', 1000]]],
      ['HEADER', 'X-Spam', 'no'],
      ['UID', '5:*'],
      ['!SENTSINCE', '2026-01-01'],
    ];
    const expected = [
      { not: { flag: 'seen', is: true } },
      { field: 'from', has: 'ada' },
      { or: [{ flag: 'flagged', is: false }, { or: [{ recent: 'new' }, { size: 'larger', bytes: 1000 }] }] },
      { header: 'X-Spam', has: 'no' },
      { uids: '5:*' },
      { not: { date: 'sentSince', day: '2026-01-01' } },
    ];
    expect((await read({ which: 'search', search })).query.criteria).toEqual(expected);
    expect((await read({ which: 'search', search: JSON.stringify(search) })).query.criteria).toEqual(
      expected,
    );
  });

  test.each([
    [[]],
    [{}],
    [['NONSENSE']],
    [['__proto__']],
    [[['FROM']]],
    [[['SEEN', 'x']]],
    [[['FROM', {}]]],
    [[12, null]],
    [JSON.parse(`${'["OR","SEEN",'.repeat(30)}"SEEN"${']'.repeat(30)}`)],
  ])('never by %j', async (search) => {
    await expect(read({ which: 'search', search })).rejects.toMatchObject({ data: { kind: 'config' } });
  });

  test('no mailbox of two lines', async () => {
    await expect(read({ mailbox: 'INBOX\r\nA1 LOGOUT' })).rejects.toMatchObject({ data: { kind: 'config' } });
  });
});

test('changes something only when messages are marked or moved', () => {
  const effect = (after?: string) => nodeCatalog.find('email-read', 1)!.effect(after ? { after } : {});
  expect([effect(), effect('nothing'), effect('seen'), effect('move'), effect('{{ $json.x }}')]).toEqual([
    'read',
    'read',
    'write',
    'write',
    'write',
  ]);
});
