import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { MailAccount, OutgoingMail } from '#engine/mail.ts';
import { jsonOf, type NodeTest, runNode } from '../testing.ts';
import { emailSendNode } from './execute.ts';

const basics = {
  to: 'ada@example.com',
  from: 'shop@example.com',
  subject: 'Hi',
  text: 'Hello',
};
const account = { host: 'smtp.test', user: 'shop', password: 'p' };
const data = { mimeType: 'text/plain', sizeBytes: 5, name: 'a.txt', data: btoa('hello') };

/** What the node handed to the mail server, message by message. */
async function sent(parameters: JsonObject, more: NodeTest = {}, data: JsonObject = account) {
  const calls: { mail: OutgoingMail; account: MailAccount }[] = [];
  const result = await runNode(emailSendNode, {
    ...more,
    parameters: { ...basics, ...parameters },
    credentials: { account: { type: 'smtp', data } },
    mail: {
      send: async (mail, account) => {
        calls.push({ mail, account });
        return {
          accepted: mail.to.map(({ address }) => address),
          rejected: [],
          messageId: mail.messageId,
          response: '250 OK',
          envelope: { from: mail.from.address, to: mail.to.map(({ address }) => address) },
          sizeBytes: 99,
        };
      },
    },
  });
  return { result, calls, mail: calls[0]!.mail, account: calls[0]!.account };
}
const refused = (parameters: JsonObject) => expect(sent(parameters)).rejects;

test('sends one message per item and says who got it', async () => {
  const { result, calls } = await sent({}, { items: [{ a: 1 }, { a: 2 }] });
  const [one, two] = jsonOf(result);
  expect(one).toMatchObject({
    accepted: ['ada@example.com'],
    rejected: [],
    response: '250 OK',
    messageSize: 99,
  });
  expect(one!.messageId).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
  expect(two!.messageId).not.toBe(one!.messageId);
  const again = await sent({}, { items: [{ a: 1 }, { a: 2 }] });
  expect(again.calls.map(({ mail }) => mail.messageId)).toEqual(calls.map(({ mail }) => mail.messageId));
});

test('knows the usual ports', async () => {
  const port = async (more: JsonObject) => (await sent({}, {}, { ...account, ...more })).account.port;
  expect(await port({})).toBe(465);
  expect(await port({ security: 'starttls' })).toBe(587);
  expect(await port({ security: 'none' })).toBe(25);
  expect(await port({ port: 2525 })).toBe(2525);
});

test('logs in with its credential', async () => {
  expect((await sent({ options: { allowUnauthorized: true } })).account).toEqual({
    host: 'smtp.test',
    port: 465,
    security: 'tls',
    user: 'shop',
    password: 'p',
    allowUnauthorized: true,
  });
  const without = runNode(emailSendNode, { parameters: basics, mail: {} });
  await expect(without).rejects.toMatchObject({ data: { kind: 'auth', field: 'credentials.account' } });
});

describe('the message', () => {
  test('is text, HTML or both', async () => {
    const both = { text: 'Hello', html: '<b>Hello</b>' };
    expect((await sent({ ...both, format: 'text' })).mail).not.toHaveProperty('html');
    expect((await sent({ ...both, format: 'html' })).mail).not.toHaveProperty('text');
    expect((await sent({ ...both, format: 'both' })).mail).toMatchObject(both);
  });

  test('goes to all kinds of addresses', async () => {
    const { mail } = await sent({
      to: '"Doe, Jane" <jane@example.com>, bob@example.com; Zoë <zoe@exämple.com>,',
      from: 'The shop <shop@example.com>',
      options: { cc: '["a@example.com","b@example.com"]', bcc: 'c@example.com', replyTo: 'd@example.com' },
    });
    expect(mail).toMatchObject({
      from: { name: 'The shop', address: 'shop@example.com' },
      to: [
        { name: 'Doe, Jane', address: 'jane@example.com' },
        { name: '', address: 'bob@example.com' },
        { name: 'Zoë', address: 'zoe@exämple.com' },
      ],
      cc: [{ address: 'a@example.com' }, { address: 'b@example.com' }],
      bcc: [{ address: 'c@example.com' }],
      replyTo: [{ address: 'd@example.com' }],
    });
  });

  test.each([
    { to: 'nobody' },
    { to: 'a@b@c.example' },
    { to: '"attacker@evil.example x"@example.com' },
    { to: 'a@example.com\r\nBcc: all@example.com' },
    { to: 'Ada\nBcc: x@example.com <a@example.com>' },
    { to: '<a@example.com' },
    { from: 'a@example.com, b@example.com' },
    { from: '' },
    { subject: 'Hi\r\nBcc: all@example.com' },
    { subject: 'Hi\u0000' },
    { options: { cc: 'a@exa mple.com' } },
    { options: { replyTo: 'a@example.com\nX: y' } },
  ])('is refused with %j', async (parameters) => {
    await refused(parameters).toMatchObject({ data: { kind: 'config', retryable: false } });
  });
});

describe('attachments', () => {
  const files = { data, __proto__: data } as Record<string, typeof data>;
  const inputs = { main: [{ json: {}, files }] };

  test('are the files that are named', async () => {
    const { mail } = await sent({ files: 'data ,', format: 'html', html: 'x' }, { inputs });
    expect(mail.files).toMatchObject([{ name: 'a.txt', mimeType: 'text/plain', sizeBytes: 5 }]);
    expect(mail.files[0]).not.toHaveProperty('contentId');
    expect(Buffer.concat(await Array.fromAsync(mail.files[0]!.open())).toString()).toBe('hello');
  });

  test('are inside the HTML that shows them', async () => {
    const { mail } = await sent({ files: 'data', format: 'html', html: '<img src="cid:data">' }, { inputs });
    expect(mail.files).toMatchObject([{ contentId: 'data' }]);
  });

  test('may be missing only where that is said', async () => {
    await refused({ files: 'data' }).toMatchObject({ data: { kind: 'config', field: 'files' } });
    expect((await sent({ files: 'data, toString', options: { skipMissingFiles: true } })).mail.files).toEqual(
      [],
    );
  });

  test('have names of one line', async () => {
    const odd = { main: [{ json: {}, files: { data: { ...data, name: 'a\r\nBcc: x@example.com' } } }] };
    await expect(sent({ files: 'data' }, { inputs: odd })).rejects.toMatchObject({
      data: { kind: 'config' },
    });
  });
});
