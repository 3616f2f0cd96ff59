import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runJsonl } from './run-jsonl.ts';

const edge = (from: string, to: string) => ({ from: { node: from }, to: { node: to } });
const start = { id: 'start', name: 'Start', type: 'manual-trigger' };
const code = (source: string) => ({ id: 'code', name: 'Code', type: 'code', parameters: { source } });
const wait = {
  id: 'wait',
  name: 'Wait',
  type: 'wait',
  parameters: { mode: 'duration', amount: 3, unit: 'days' },
};
const call = (url: string) => ({ id: 'call', name: 'Call', type: 'http-request', parameters: { url } });
type Node = { id: string };
const chain = (...nodes: Node[]) => ({
  format: 'linkflow/1',
  name: 'Test',
  nodes,
  edges: nodes.slice(1).map((node, i) => edge(nodes[i]!.id, node.id)),
});

async function answersTo(...lines: unknown[]): Promise<Record<string, unknown>[]> {
  const output = new PassThrough();
  const written = text(output);
  await runJsonl(
    Readable.from(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`)),
    output,
  );
  output.end();
  return (await written)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('runs each line and answers in their order', async () => {
  const items = [
    { a: 1 },
    { json: { a: 2 }, files: { doc: { mimeType: 'text/plain', sizeBytes: 1, data: 'YQ==' } } },
  ];
  const answers = await answersTo(
    { id: 'one', workflow: chain(start), trigger: { items } },
    {
      id: 'two',
      workflow: chain(start, code('return [{ json: { n: $input.all().length } }]')),
      trigger: { name: 'Start', items },
    },
    { id: 'three', workflow: JSON.stringify(chain(start, code("throw new Error('no')"))) },
  );
  expect(answers.map(({ order: _order, ...answer }) => answer)).toEqual([
    { id: 'one', status: 'completed', nodes: { Start: [[[{ json: { a: 1 } }, items[1]]]] } },
    { id: 'two', status: 'completed', nodes: { Start: expect.anything(), Code: [[[{ json: { n: 2 } }]]] } },
    {
      id: 'three',
      status: 'failed',
      error: { message: 'no [line 1]', node: 'Code', kind: 'config' },
      nodes: expect.anything(),
    },
  ]);
  expect(answers.map(({ order }) => order)).toEqual([['Start'], ['Start', 'Code'], ['Start', 'Code']]);
});

test('a bad line is answered, and the next one runs', async () => {
  const workflow = chain(start);
  const answers = await answersTo(
    'nonsense',
    { id: 1 },
    { id: 2, workflow, trigger: { name: 'Nobody' } },
    { id: 3, workflow, now: 'yesterday' },
    { id: 4, workflow: { ...workflow, nodes: [{ ...start, type: 'unheard-of' }] } },
    { id: 5, workflow },
  );
  expect(answers.map(({ id, status }) => [id, status])).toEqual([
    [null, 'error'],
    [1, 'error'],
    [2, 'error'],
    [3, 'error'],
    [4, 'error'],
    [5, 'completed'],
  ]);
  expect(answers[2]).toMatchObject({
    error: { kind: 'config', message: 'There is no node “Nobody” to start from.' },
  });
});

test('a fixed clock skips waits and shows the time after them; the zone is the one given', async () => {
  const workflow = chain(start, wait, code('return [{ json: { at: $now.toISO() } }]'));
  const [first, named] = await answersTo(
    { id: 1, workflow, now: '2026-03-01T00:00:00Z', timezone: 'America/New_York' },
    {
      id: 2,
      workflow: { ...workflow, settings: { timezone: 'UTC', timeoutMs: 1000 } },
      now: 0,
      timezone: 'America/New_York',
    },
  );
  expect(first).toMatchObject({
    status: 'completed',
    nodes: { Code: [[[{ json: { at: '2026-03-03T19:00:00.000-05:00' } }]]] },
  });
  expect(named).toMatchObject({
    status: 'completed',
    nodes: { Code: [[[{ json: { at: '1970-01-04T00:00:00.000Z' } }]]] },
  });
});

test('calls get the given answers and nothing else', async () => {
  const workflow = chain(start, call('https://api.test/a?y=2&x=1'));
  const url = 'https://api.test/a?x=1&y=2';
  const json = { 'Content-Type': 'application/json' };
  const answers = await answersTo(
    {
      id: 1,
      workflow,
      http: [
        { method: 'POST', url, body: { no: 1 } },
        { method: 'GET', url, status: 200, body: { ok: 1 } },
      ],
    },
    { id: 2, workflow, http: [{ url, body: { $bytes: btoa('{"ok":2}') }, headers: json }] },
    {
      id: 3,
      workflow,
      http: [
        { url, status: 302, headers: { Location: '/b' } },
        { url: 'https://api.test/b', body: { ok: 3 } },
      ],
    },
    {
      id: 4,
      workflow,
      trigger: { items: [{}, {}, {}] },
      http: [
        { url, body: { ok: 4 } },
        { url, body: { ok: 5 } },
      ],
    },
    { id: 5, workflow, http: [{ url: 'https://api.test/other' }] },
  );
  const called = (i: number) => (answers[i]!.nodes as Record<string, unknown>).Call;
  expect(called(0)).toEqual([[[{ json: { ok: 1 } }]]]);
  expect(called(1)).toEqual([[[{ json: { ok: 2 } }]]]);
  expect(called(2)).toEqual([[[{ json: { ok: 3 } }]]]);
  expect(called(3)).toEqual([[[{ json: { ok: 4 } }, { json: { ok: 5 } }, { json: { ok: 5 } }]]]);
  expect(answers[4]).toMatchObject({ status: 'failed', error: { node: 'Call', kind: 'upstream' } });
});

test('files of n8n run, inline sub-workflows included', async () => {
  const node = (name: string, type: string, parameters: object, typeVersion = 1) => ({
    id: name,
    name,
    type: `n8n-nodes-base.${type}`,
    typeVersion,
    position: [0, 0],
    parameters,
  });
  const to = (...names: string[]) => ({
    main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))],
  });
  const child = {
    nodes: [
      node('Child', 'executeWorkflowTrigger', { inputSource: 'passthrough' }, 1.1),
      node(
        'Double',
        'code',
        { jsCode: 'return $input.all().map((i) => ({ json: { n: i.json.n * 2 } }))' },
        2,
      ),
    ],
    connections: { Child: to('Double') },
  };
  const workflow = {
    nodes: [
      node('Trigger', 'manualTrigger', {}),
      node('Sub', 'executeWorkflow', { source: 'parameter', workflowJson: JSON.stringify(child) }, 1.2),
    ],
    connections: { Trigger: to('Sub') },
  };
  const [answer] = await answersTo({ id: 1, workflow, trigger: { items: [{ n: 21 }] } });
  expect(answer).toMatchObject({ status: 'completed', nodes: { Sub: [[[{ json: { n: 42 } }]]] } });
});

test('credentials of an n8n file are those of the line, and do not show up', async () => {
  const nodes = [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
    {
      name: 'Call',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      position: [0, 0],
      parameters: {
        url: 'https://api.test/a',
        authentication: 'genericCredentialType',
        genericAuthType: 'httpQueryAuth',
      },
      credentials: { httpQueryAuth: { id: '1', name: 'Mine' } },
    },
  ];
  const workflow = { nodes, connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } } };
  const http = [
    { method: 'GET', url: 'https://api.test/a?key=very-secret', status: 200, body: { you: 'very-secret' } },
  ];
  const credentials = { httpQueryAuth: { name: 'key', value: 'very-secret' } };
  const [known, unknown] = await answersTo({ id: 1, workflow, http, credentials }, { id: 2, workflow, http });
  expect(known).toMatchObject({ status: 'completed', nodes: { Call: [[[{ json: { you: '***' } }]]] } });
  expect(unknown).toMatchObject({ status: 'failed', error: { node: 'Call', kind: 'auth' } });
});
