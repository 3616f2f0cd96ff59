import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { MailAccount, MailQuery, ReceivedMail } from '#engine/mail.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { emailTriggerNode } from './execute.ts';
import { emailTriggerInput, watchOf } from './watch.ts';

const mail: ReceivedMail = {
  uid: 7,
  flags: [],
  headers: [{ name: 'subject', value: 'Order', line: 'Subject: Order' }],
  text: 'Hello',
  files: [],
};

async function run(parameters: JsonObject, items: JsonObject[]) {
  const calls: { query: MailQuery; account: MailAccount }[] = [];
  const result = await runNode(emailTriggerNode, {
    parameters,
    inputs: { main: toItems(...items) },
    credentials: { account: { type: 'imap', data: { host: 'imap.test', user: 'shop', password: 'p' } } },
    mail: {
      async *read(query, account) {
        calls.push({ query, account });
        yield mail;
      },
    },
  });
  return { json: jsonOf(result), calls };
}

test('hands on the messages that started it', async () => {
  const { json, calls } = await run({}, [{ subject: 'a' }, { subject: 'b' }]);
  expect(json).toEqual([{ subject: 'a' }, { subject: 'b' }]);
  expect(calls).toEqual([]);
});

test('tried by hand, gives the newest message and leaves it as it is', async () => {
  const { json, calls } = await run({ after: 'seen', which: 'unread' }, [{}]);
  expect(json).toMatchObject([{ subject: 'Order', textPlain: 'Hello' }]);
  expect(calls[0]!.account).toMatchObject({ host: 'imap.test', port: 993, security: 'tls', password: 'p' });
  expect(calls[0]!.query).toMatchObject({
    mailbox: 'INBOX',
    limit: 1,
    order: 'newest',
    criteria: [{ flag: 'seen', is: false }],
    after: {},
  });
});

describe('looks for', () => {
  const watch = (parameters: JsonObject) => watchOf(emailTriggerInput(parameters));

  test('what its fields say', () => {
    expect(watch({})).toEqual({ mailbox: 'INBOX', criteria: [], raw: false, after: {} });
    expect(watch({ which: 'search', search: '["UNSEEN"]', after: 'move', moveTo: 'Done' })).toMatchObject({
      criteria: [{ flag: 'seen', is: false }],
      after: { moveTo: 'Done' },
    });
    expect(watch({ filter: { from: 'ada' }, format: 'raw' })).toMatchObject({
      criteria: [{ field: 'from', has: 'ada' }],
      raw: true,
    });
  });

  test.each<JsonObject>([
    { mailbox: 'a\r\nb' },
    { which: 'search', search: 'nonsense' },
    { which: 'search', search: ['NONSENSE'] },
    { which: 'x' },
    { everyMinutes: 0 },
  ])('nothing when they are wrong: %j', (parameters) => {
    expect(() => watch(parameters)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ kind: 'config' }) }),
    );
  });
});

describe('from n8n', () => {
  test.each([1, 2, 2.1])('version %d with its defaults', (version) => {
    const { type, parameters, status } = importNode('emailReadImap', version, {});
    expect({ type, parameters, status }).toEqual({
      type: 'email-trigger',
      parameters: { mailbox: 'INBOX', which: 'unread', start: 'together', after: 'seen', options: {} },
      status: 'mapped',
    });
  });

  test.each<[JsonObject, JsonObject]>([
    [{ format: 'resolved' }, { format: 'resolved', attachments: true }],
    [
      { downloadAttachments: true, dataPropertyAttachmentsPrefixName: 'file' },
      { attachments: true, prefix: 'file' },
    ],
    [{ format: 'raw', downloadAttachments: true }, { format: 'raw' }],
    [{ postProcessAction: 'nothing', mailbox: 'Bills' }, { mailbox: 'Bills' }],
    [
      { options: { customEmailConfig: '["UNSEEN", ["FROM", "ada"]]', allowUnauthorizedCerts: true } },
      { which: 'search', search: ['UNSEEN', ['FROM', 'ada']], options: { allowUnauthorized: true } },
    ],
  ])('%j', (theirs, ours) => {
    const { parameters, status } = importNode('emailReadImap', 2, theirs);
    expect(parameters).toMatchObject(ours);
    expect(status).toBe('mapped');
    if (theirs.postProcessAction) expect(parameters).not.toHaveProperty('after');
    if (theirs.format === 'raw') expect(parameters).not.toHaveProperty('attachments');
  });

  test('all messages, where it says so', () => {
    const { parameters } = importNode('emailReadImap', 1, { options: { customEmailConfig: '["ALL"]' } });
    expect(parameters).not.toHaveProperty('which');
  });

  test('says what is lost', () => {
    expect(importNode('emailReadImap', 2, { options: { customEmailConfig: 'x' } })).toMatchObject({
      status: 'approximated',
      reason: expect.stringContaining('not valid JSON'),
    });
    expect(importNode('emailReadImap', 2, { mailbox: '={{ $vars.box }}' })).toMatchObject({
      status: 'approximated',
      reason: expect.stringContaining('expressions'),
    });
  });
});
