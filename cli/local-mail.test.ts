import { expect, test } from 'vitest';
import { workflowSchema } from '#engine/workflow.ts';
import { createMailDoor } from '#server/mail/mail-door.ts';
import { startImapServer } from '#tests/support/imap-server.ts';
import { startSmtpServer } from '#tests/support/smtp-server.ts';
import { realClock } from './clocks.ts';
import { type LocalRunOptions, runLocally } from './local-run.ts';

const mail = createMailDoor({ allowPrivateNetworks: ['127.0.0.0/8'] });

/** Runs these nodes one after the other; nothing but mail may leave. */
function run(
  nodes: { type: string; parameters?: object; settings?: object; credentials?: object }[],
  more: Partial<LocalRunOptions> = {},
) {
  const all = [{ type: 'manual-trigger' }, ...nodes].map((node, i) => ({
    ...node,
    id: `n${i}`,
    name: `n${i}`,
  }));
  const workflow = workflowSchema.parse({
    name: 'Mail',
    nodes: all,
    edges: nodes.map((_node, i) => ({
      from: { node: `n${i}`, port: 'main' },
      to: { node: `n${i + 1}`, port: 'main' },
    })),
  });
  const refuse = () => Promise.reject(new Error('not in this test'));
  return runLocally(workflow, {
    http: { request: refuse },
    code: { run: refuse },
    clock: realClock,
    mail,
    ...more,
  });
}

const account = (type: 'smtp' | 'imap', port: number) => ({
  type,
  data: { host: '127.0.0.1', port, security: 'none', user: 'shop', password: 'right' },
});
const chosen = (id: string) => ({ credentials: { account: id } });

test('a message that was refused for now is sent again, recognisably the same', async () => {
  const ids: (string | undefined)[] = [];
  const server = await startSmtpServer({
    answer: (head) => {
      ids.push(/^Message-ID: (.*)$/m.exec(head)?.[1]);
      return ids.length < 3 ? [451, 'Come back later'] : undefined;
    },
  });
  const parameters = {
    to: 'ada@example.com',
    from: 'shop@example.com',
    text: 'Hello',
  };
  const retry = { maxAttempts: 3, delayMs: 1 };
  const credentials = { out: account('smtp', server.port) };
  const result = await run([{ type: 'email-send', parameters, settings: { retry }, ...chosen('out') }], {
    credentials,
  });
  await server.close();
  expect(result).toMatchObject({ status: 'completed' });
  expect(server.messages).toHaveLength(1);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
  expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>/);
});

test('what is wrong with a message is not tried again', async () => {
  let asked = 0;
  const server = await startSmtpServer({
    refuse: () => {
      asked++;
      return [550, 'Nobody of that name'];
    },
  });
  const parameters = { to: 'ada@example.com', from: 'shop@example.com' };
  const retry = { maxAttempts: 3, delayMs: 1 };
  const credentials = { out: account('smtp', server.port) };
  const result = await run([{ type: 'email-send', parameters, settings: { retry }, ...chosen('out') }], {
    credentials,
  });
  await server.close();
  expect(result).toMatchObject({ status: 'failed', error: { kind: 'config', node: 'n1' } });
  expect(asked).toBe(1);
});

test('an attachment goes from one mailbox through the workflow into another message', async () => {
  const content = Buffer.from([0, 1, 2, 253, 254, 255]).toString('base64');
  const imap = await startImapServer([
    {
      raw: [
        'From: ada@example.com',
        'Subject: The bill',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'See there.',
        '--b',
        'Content-Type: application/pdf; name=bill.pdf',
        'Content-Disposition: attachment; filename=bill.pdf',
        'Content-Transfer-Encoding: base64',
        '',
        content,
        '--b--',
        '',
      ].join('\r\n'),
    },
  ]);
  const smtp = await startSmtpServer();
  const nodes = [
    { type: 'email-read', parameters: { attachments: true, after: 'seen' }, ...chosen('in') },
    {
      type: 'email-send',
      ...chosen('out'),
      parameters: {
        from: 'shop@example.com',
        to: '{{ $json.from }}',
        subject: 'Re: {{ $json.subject }}',
        text: '{{ $json.textPlain }}',
        files: 'attachment_0',
      },
    },
  ];
  const credentials = { in: account('imap', imap.port), out: account('smtp', smtp.port) };
  const result = await run(nodes, { credentials });
  expect(result.error).toBeUndefined();
  expect(imap.flags('INBOX')).toEqual([['\\Seen']]);
  await Promise.all([imap.close(), smtp.close()]);
  const [sent] = smtp.messages;
  expect(sent).toMatchObject({ to: ['ada@example.com'] });
  expect(sent!.head).toContain('Subject: Re: The bill');
  expect(sent!.head).toContain('filename=bill.pdf');
  expect(sent!.head).toContain(content);
});

test('no mail leaves where no mail server was given', async () => {
  const parameters = { to: 'ada@example.com', from: 'shop@example.com' };
  const result = await run([{ type: 'email-send', parameters, ...chosen('out') }], {
    mail: undefined,
    credentials: { out: account('smtp', 25) },
  });
  expect(result).toMatchObject({
    status: 'failed',
    error: { message: 'Mail servers are out of reach here.' },
  });
});
