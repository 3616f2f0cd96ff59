import { expect, test } from 'vitest';
import type { HttpRequest } from '#engine/node.ts';
import { jsonOf, type NodeTest, runNode, toItems } from '../testing.ts';
import { approval } from './definition.ts';
import { approvalNode } from './execute.ts';

const now = Date.UTC(2026, 0, 1, 12);
const at = now + 60_000;
const URL = 'https://linkflow.example/approve/abc';
const ask = (test: NodeTest) => runNode(approvalNode, { now, ...test });
const decided = (data: unknown) =>
  ask({ parameters: { title: 'Pay?' }, items: [{ id: 1 }, { id: 2 }], woken: { call: { data, at } } });

test('asks and waits for ever', async () => {
  const details = [{ name: 'Amount', value: '12 €' }];
  expect(await ask({ parameters: { title: ' Pay? ', message: 'Now', details } })).toEqual({
    outputs: {},
    wait: {
      until: null,
      call: true,
      question: { title: 'Pay?', message: 'Now', details, allowComment: true },
      completeWithOutputs: false,
    },
  });
});

test('asks for a time', async () => {
  const { wait } = await ask({ parameters: { title: 'Pay?', expires: true } });
  expect(wait?.until).toBe(now + 3 * 86_400_000);
  const parameters = { title: 'Pay?', expires: true, expiresAmount: 800 };
  await expect(ask({ parameters })).rejects.toMatchObject({ data: { field: 'expiresAmount' } });
});

test.each(['approved', 'rejected'] as const)('hands %s items on with the answer', async (decision) => {
  const { outputs, wait } = await decided({ decision, comment: 'ok', by: 'Ada' });
  const answer = { decision, comment: 'ok', by: 'Ada', at: '2026-01-01T12:01:00.000Z' };
  expect(wait).toBeUndefined();
  expect(outputs).toEqual({
    approved: [],
    rejected: [],
    expired: [],
    [decision]: [
      { json: { id: 1, approval: answer }, source: { item: 0 } },
      { json: { id: 2, approval: answer }, source: { item: 1 } },
    ],
  });
});

test('takes an answer that it cannot read as a no', async () => {
  for (const data of [null, 'approved', { decision: 'APPROVED' }, { decision: { approved: true } }])
    expect(jsonOf(await decided(data), 'rejected')).toHaveLength(2);
});

test('hands items on as expired when nobody answered', async () => {
  const result = await ask({ parameters: { title: 'Pay?' }, items: [{ id: 1 }], woken: { expired: true } });
  expect(jsonOf(result, 'expired')).toMatchObject([{ id: 1, approval: { decision: 'expired', by: null } }]);
});

test('keeps the question within limits', async () => {
  const { wait } = await ask({ parameters: { title: 'x'.repeat(500), message: 'y'.repeat(20_000) } });
  expect(wait?.question?.title).toHaveLength(200);
  expect(wait?.question?.message).toHaveLength(10_000);
});

test('tells an address once, before it waits', async () => {
  const sent: HttpRequest[] = [];
  const parameters = { title: 'Pay?', message: 'Now', notifyUrl: 'https://hooks.example/x' };
  const http = (request: HttpRequest) => {
    sent.push(request);
    return {};
  };
  await ask({ parameters, http, approvalUrl: URL });
  await ask({
    parameters,
    http,
    approvalUrl: URL,
    woken: { call: { data: { decision: 'approved' }, at } },
  });
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    method: 'POST',
    url: 'https://hooks.example/x',
    headers: { 'idempotency-key': 'execution:n1:0:0' },
  });
  expect(JSON.parse(String(sent[0]!.body))).toEqual({
    text: `Pay?\nNow\n${URL}`,
    approvalUrl: URL,
    title: 'Pay?',
  });
});

test('fails when the address refuses, and tells nobody where there is no page', async () => {
  const parameters = { title: 'Pay?', notifyUrl: 'https://hooks.example/x' };
  await expect(ask({ parameters, http: () => ({ status: 500 }), approvalUrl: URL })).rejects.toMatchObject({
    data: { kind: 'upstream', retryable: true },
  });
  expect((await ask({ parameters })).wait).toBeDefined();
});

test('writes only when it tells somebody', () => {
  const { effect } = approval.operations.default;
  const effectOf = (notifyUrl?: string) => typeof effect === 'function' && effect({ notifyUrl });
  expect([effectOf(), effectOf(' '), effectOf('https://x')]).toEqual(['pure', 'pure', 'write']);
});

test('asks one question for all items', async () => {
  const result = await ask({
    parameters: (item) => ({ title: `Pay ${String(item.json.id)}?` }),
    inputs: { main: toItems({ id: 1 }, { id: 2 }) },
  });
  expect(result.wait?.question?.title).toBe('Pay 1?');
});
