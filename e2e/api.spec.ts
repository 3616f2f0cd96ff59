import { expect, test } from '@playwright/test';
import { startSink } from '#tests/support/sink.ts';
import { edges, node, set } from '#tests/support/workflows.ts';
import { type Api, createApi } from './api.ts';

/** The public surfaces, as scripts use them: command line, REST, webhooks, event streams. */
const base = () => process.env.E2E_URL!;

const started = Date.now();
let client: Api;
const api: Api['call'] = (...call) => client.call(...call);

interface Workflow {
  id: string;
  active: boolean;
  triggers: { url?: string }[];
  issues: { code: string; message: string; nodeId?: string; field?: string }[];
}
interface Execution {
  id: string;
  executionId: string;
  status: string;
  nodes: Record<string, { outputs: Record<string, { json: Record<string, unknown> }[]> }[]>;
}
interface Problem {
  title: string;
  status: number;
  detail: string;
}

const greet = (respond: string) => ({
  name: 'Greet',
  nodes: [
    node('hook', 'webhook-trigger', { httpMethod: 'POST', respond }),
    set('greet', 'hello', 'Hello {{ $json.body.name }}'),
  ],
  edges: edges('hook>greet'),
});

test.beforeAll(() => {
  client = createApi('api');
});

test('REST creates, activates, executes, lists and exports', async () => {
  const created = await api<Workflow>('POST', '/workflows', greet('last-node'));
  expect(created.status).toBe(201);
  const { id } = created.body;
  const active = await api<Workflow>('POST', `/workflows/${id}/activate`);
  expect(active.body.active).toBe(true);
  const answer = await fetch(active.body.triggers[0]!.url!, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"Ada"}',
  });
  expect(await answer.json()).toMatchObject({ hello: 'Hello Ada' });
  const executed = await api<Execution>('POST', `/workflows/${id}/execute?wait=20`, {
    input: { body: { name: 'Grace' } },
  });
  expect(executed.body.status).toBe('completed');
  expect(executed.body.nodes.greet![0]!.outputs.main![0]!.json.hello).toBe('Hello Grace');
  const list = await api<{ data: { id: string; status: string }[] }>(
    'GET',
    `/executions?workflowId=${id}&status=completed`,
  );
  expect(list.body.data).toHaveLength(2);
  const file = await api<{ text: string }>('GET', `/workflows/${id}/export?format=yaml`);
  expect(file.body.text).toContain('format: linkflow/1');
  const again = await api<{ workflow: Workflow; report: unknown }>(
    'POST',
    '/workflows/import',
    file.body.text,
    { 'content-type': 'application/yaml' },
  );
  expect(again.status).toBe(201);
});

test('n8n JSON is imported with a report and runs', async () => {
  const n8n = {
    name: 'From n8n',
    nodes: [
      {
        id: 'a',
        name: 'Start',
        type: 'n8n-nodes-base.manualTrigger',
        typeVersion: 1,
        position: [0, 0],
        parameters: {},
      },
      {
        id: 'b',
        name: 'Edit',
        type: 'n8n-nodes-base.set',
        typeVersion: 3.4,
        position: [200, 0],
        parameters: {
          assignments: {
            assignments: [{ id: '1', name: 'sum', value: '={{ $json.a + $json.b }}', type: 'number' }],
          },
          options: {},
        },
      },
      {
        id: 'c',
        name: 'Somewhere',
        type: 'n8n-nodes-base.unknownService',
        typeVersion: 1,
        position: [400, 0],
        parameters: { x: 1 },
      },
    ],
    connections: { Start: { main: [[{ node: 'Edit', type: 'main', index: 0 }]] } },
  };
  const { body } = await api<{ workflow: Workflow; report: { nodes: { name: string; status: string }[] } }>(
    'POST',
    '/workflows/import',
    n8n,
  );
  expect(body.report.nodes.map((n) => [n.name, n.status])).toEqual([
    ['Start', 'mapped'],
    ['Edit', 'mapped'],
    ['Somewhere', 'placeholder'],
  ]);
  const executed = await api<Execution>('POST', `/workflows/${body.workflow.id}/execute?wait=20`, {
    input: { a: 2, b: 3 },
  });
  expect(executed.body.nodes.Edit![0]!.outputs.main![0]!.json.sum).toBe(5);
});

test('the event stream replays, follows and resumes after Last-Event-ID', async () => {
  const sink = await startSink();
  const release = sink.hold('/wait');
  const file = {
    name: 'slow',
    nodes: [
      node('start', 'manual-trigger'),
      node('call', 'http-request', { method: 'POST', url: `${sink.url}/wait` }),
    ],
    edges: edges('start>call'),
  };
  const { body: workflow } = await api<Workflow>('POST', '/workflows', file);
  const { body: execution } = await api<Execution>('POST', `/workflows/${workflow.id}/execute`);
  await sink.called('/wait');
  const stream = await fetch(`${base()}/api/v1/executions/${execution.executionId}/events`, {
    headers: { authorization: `Bearer ${client.key}` },
  });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  for await (const chunk of stream.body!) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('"node":"call"')) release(); // seen live: only now may the call end
  }
  const types = [...text.matchAll(/^event: (.*)$/gm)].map((m) => m[1]);
  expect(types).toEqual([
    'execution.queued',
    'execution.started',
    'node.started',
    'node.completed',
    'node.started',
    'node.completed',
    'execution.completed',
  ]);
  const ids = [...text.matchAll(/^id: (.*)$/gm)].map((m) => Number(m[1]));
  expect(ids).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const rest = await fetch(`${base()}/api/v1/executions/${execution.executionId}/events`, {
    headers: { authorization: `Bearer ${client.key}`, 'last-event-id': '4' },
  });
  expect([...(await rest.text()).matchAll(/^id: (.*)$/gm)].map((m) => Number(m[1]))).toEqual([5, 6]);
  await sink.close();
});

test('the same Idempotency-Key and the same delivery id give one execution', async () => {
  const { body: workflow } = await api<Workflow>('POST', '/workflows', greet('immediately'));
  const { body: active } = await api<Workflow>('POST', `/workflows/${workflow.id}/activate`);
  const starts = await Promise.all(
    [1, 2, 3, 4, 5].map(() =>
      api<Execution>(
        'POST',
        `/workflows/${workflow.id}/execute`,
        {},
        { 'idempotency-key': `key-${started}` },
      ),
    ),
  );
  expect(new Set(starts.map((s) => s.body.executionId)).size).toBe(1);
  const calls = await Promise.all(
    [1, 2, 3, 4, 5].map(async () => {
      const response = await fetch(active.triggers[0]!.url!, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'webhook-id': `d-${started}` },
        body: '{}',
      });
      expect(response.status).toBe(202);
      return ((await response.json()) as Execution).executionId;
    }),
  );
  expect(new Set(calls).size).toBe(1);
});

test('bad input gets a clear problem document and harms nothing', async () => {
  const { body: workflow } = await api<Workflow>('POST', '/workflows', greet('immediately'));
  const { body: active } = await api<Workflow>('POST', `/workflows/${workflow.id}/activate`);
  const hook = active.triggers[0]!.url!;
  const call = async (init: RequestInit) => {
    const response = await fetch(hook, { method: 'POST', ...init });
    return { status: response.status, body: (await response.json()) as Problem };
  };
  const json = { 'content-type': 'application/json' };
  expect(await call({ headers: json, body: '{"name": ' })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('not valid JSON') },
  });
  expect(await call({ headers: json, body: JSON.stringify({ big: 'x'.repeat(10_000_000) }) })).toMatchObject({
    status: 413,
  });
  expect(await call({ headers: json, body: '['.repeat(5000) + ']'.repeat(5000) })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('nested deeper') },
  });
  expect(await call({ method: 'PUT', headers: json, body: '{}' })).toMatchObject({
    status: 405,
    body: { detail: 'This webhook takes POST, not PUT.' },
  });
  expect((await fetch(`${base()}/webhooks/${'x'.repeat(22)}`, { method: 'POST' })).status).toBe(404);

  const bad = async (nodes: unknown[], lines: string[]) => {
    const { body } = await api<Workflow>('POST', '/workflows', {
      name: 'bad',
      nodes,
      edges: edges(...lines),
    });
    const answer = await api<Problem>('POST', `/workflows/${body.id}/activate`);
    expect(answer.status).toBe(400);
    return answer.body.detail;
  };
  expect(
    await bad([node('s', 'manual-trigger'), node('a', 'no-op'), node('b', 'no-op')], ['s>a', 'a>b', 'b>a']),
  ).toContain('“a” → “b” → “a”');
  expect(await bad([node('s', 'manual-trigger')], ['s>gone'])).toContain('“gone”, which does not exist');
  expect(await bad([node('s', 'manual-trigger'), node('a', 'nope')], ['s>a'])).toContain(
    'unknown node type nope',
  );
  expect(await bad([node('s', 'manual-trigger'), node('a', 'wait', { amount: 'soon' })], ['s>a'])).toContain(
    '“a”: Wait for: must be a number',
  );
  expect(await bad([node('s', 'manual-trigger'), set('a', 'x', '{{ $json. }}')], ['s>a'])).toMatch(
    /“a”: fields\.0\.value/,
  );
  expect((await api('POST', '/workflows', '{"name": ')).status).toBe(400);
  expect((await api('POST', '/workflows', { nodes: 'no' })).status).toBe(400);
  expect((await api('GET', '/workflows/not-an-id')).status).toBe(400);
  expect((await api('PATCH', '/workflows')).status).toBe(405);
  expect((await api('GET', '/nothing')).status).toBe(404);
  const fine = await fetch(hook, { method: 'POST', headers: json, body: '{"name":"Ada"}' });
  expect(fine.status).toBe(202);
});

test('health, metrics and the OpenAPI document answer', async () => {
  for (const route of ['/health', '/health/live', '/health/ready'])
    expect((await fetch(`${base()}${route}`)).status).toBe(200);
  const metrics = await (await fetch(`${base()}/metrics`)).text();
  expect(metrics).toContain('linkflow_webhook_calls_total');
  const document = (await (await fetch(`${base()}/api/v1/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, unknown>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/workflows',
      '/workflows/{id}/execute',
      '/executions/{id}/events',
      '/workflows/import',
    ]),
  );
});
