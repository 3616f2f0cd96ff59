import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForEnd } from '#server/live/stream.ts';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Call, restOf } from './support/rest-calls.ts';
import { edges, node, set } from './support/workflows.ts';

ownDatabase();

interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
let ada: Person;
let call: Call;
let worker: RunningWorker;
let workflowId: string;
let executionId: string;
beforeAll(async () => {
  ada = await createPerson('Ada');
  call = await restOf(ada);
  worker = await startWorker();
  const file = {
    name: 'Loop',
    nodes: [
      node('start', 'manual-trigger'),
      node('say', 'code', { source: 'console.log("hello from the code"); return $input.all();' }),
      set('greet', 'x', '{{ $json.a }}'),
      node('if', 'if', {
        conditions: {
          combinator: 'and',
          rows: [{ left: '{{ $json.x }}', operator: 'number.equals', right: 1 }],
        },
      }),
      node('never', 'no-op'),
      node('fail', 'stop-and-error', { message: 'No more' }),
    ],
    edges: edges('start>say', 'say>greet', 'greet>if', 'if.false>never', 'if.true>fail'),
  };
  workflowId = (await call<{ id: string }>('POST', '/workflows', file)).body.id;
  const started = await call<{ executionId: string }>(
    'POST',
    '/executions',
    { workflowId, input: { a: 1 } },
    { 'idempotency-key': 'one' },
  );
  expect(started.status).toBe(201);
  executionId = started.body.executionId;
  await waitForEnd(ada.scope, executionId, 30_000);
});
afterAll(() => worker.stop());

describe('POST /executions', () => {
  it('starts once per key, and waits when asked to', async () => {
    const again = await call<{ executionId: string }>(
      'POST',
      '/executions',
      { workflowId, input: { a: 1 } },
      { 'idempotency-key': 'one' },
    );
    expect(again.body.executionId).toBe(executionId);
    const waited = await call<{ status: string }>('POST', '/executions?wait=20', { workflowId });
    expect([waited.status, waited.body.status]).toEqual([201, 'completed']);
    expect((await call('POST', '/executions', {})).status).toBe(400);
  });
});

describe('an execution', () => {
  const at = <T>(part: string) => call<T>('GET', `/executions/${executionId}${part}`);

  it('shows what each node did, without its data', async () => {
    const { body } =
      await at<Page<{ nodeId: string; status: string; itemsIn: number; runs: number }>>('/nodes');
    expect(body.data.map(({ nodeId, status }) => [nodeId, status])).toEqual([
      ['start', 'completed'],
      ['say', 'completed'],
      ['greet', 'completed'],
      ['if', 'completed'],
      ['never', 'skipped'],
      ['fail', 'failed'],
    ]);
    expect(body.data[2]).toMatchObject({ itemsIn: 1, itemsOut: 1, runs: 1, failures: 0, error: null });
    expect(body.data[5]).toMatchObject({ failures: 1, error: { message: 'No more' } });
    expect(JSON.stringify(body)).not.toContain('"json"');
  });

  it('shows the runs of one node with their data', async () => {
    const { body } = await at<Page<object>>('/nodes/greet');
    expect(body).toMatchObject({
      nodeId: 'greet',
      type: 'set',
      data: [{ run: 0, status: 'completed', outputs: { main: [{ json: { x: 1 } }] } }],
      nextCursor: null,
    });
    expect((await at<Page<object>>('/nodes/never')).body.data).toEqual([]);
    expect((await at('/nodes/nothing')).status).toBe(404);
  });

  it('tells what happened in lines', async () => {
    type Lines = Page<{ seq: number; level: string; message: string; nodeId?: string; at: string }>;
    const { data } = (await at<Lines>('/logs')).body;
    const messages = data.map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining(['hello from the code', '“fail” failed: No more', '“never” was skipped.']),
    );
    expect(messages.at(-1)).toMatch(/^The execution failed: No more/);
    expect(data.map(({ seq }) => seq)).toEqual(data.map(({ seq }) => seq).sort((a, b) => a - b));
    const own = (await at<Lines>('/nodes/say/logs')).body.data;
    expect(new Set(own.map(({ nodeId }) => nodeId))).toEqual(new Set(['say']));
    expect(own.map(({ message }) => message)).toContain('hello from the code');
    const paged: string[] = [];
    let cursor: string | null = '';
    do {
      const page: { body: Lines } = await at<Lines>(`/logs?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      paged.push(...page.body.data.map(({ message }) => message));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect(paged).toEqual(messages);
    expect((await at('/nodes/nothing/logs')).status).toBe(404);
  });

  it('has its times and counts, its graph and its beginning', async () => {
    const { body } = await at<{ durationMs: number; slowest: { nodeId: string }[] }>('/statistics');
    expect(body).toMatchObject({ nodes: 5, runs: 5, failures: 1, skipped: 1, retries: 0 });
    expect(body.slowest).toHaveLength(5);
    const detail = await at<object>('/detail');
    expect(detail.body).toMatchObject({
      status: 'failed',
      workflow: { name: 'Loop' },
      trigger: { nodeId: 'start', items: [{ json: { a: 1 } }] },
      nodes: { greet: [{ status: 'completed' }] },
    });
  });
});

describe('the list', () => {
  const ids = async (query: string, path = '/executions') =>
    (await call<Page<{ id: string }>>('GET', `${path}?${query}`)).body.data.map(({ id }) => id);

  it('takes several statuses, a time and what started it', async () => {
    const { body } = await call<{ data: { id: string; status: string; queuedAt: string }[] }>(
      'GET',
      '/executions',
    );
    const all = body.data;
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['failed', 'completed']));
    const failed = all.filter(({ status }) => status === 'failed').map(({ id }) => id);
    expect(await ids('status=failed')).toEqual(failed);
    expect(await ids('status=failed,completed')).toEqual(all.map(({ id }) => id));
    expect(await ids('status=failed&status=running')).toEqual(failed);
    expect(await ids('status=running,queued')).toEqual([]);
    expect(await ids('mode=api')).toEqual(all.map(({ id }) => id));
    expect(await ids('mode=webhook')).toEqual([]);
    const { queuedAt } = all.find(({ id }) => id === executionId)!;
    expect(await ids(`to=${queuedAt}`)).toEqual([]);
    expect(await ids(`from=${queuedAt}`)).toContain(executionId);
    const path = `/executions/workflows/${workflowId}/executions`;
    expect(await ids('status=failed', path)).toEqual(failed);
    const wrong = await call<{ detail: string }>('GET', '/executions?status=broken');
    expect([wrong.status, wrong.body.detail]).toEqual([400, expect.stringMatching(/^status/)]);
    expect((await call('GET', '/executions?from=yesterday')).status).toBe(400);
  });
});
