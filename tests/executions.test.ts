import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { getPool } from '#server/db.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { getExecution } from '#server/executions/queries.ts';
import { waitForEnd } from '#server/live/stream.ts';
import { fireDueSchedules } from '#server/triggers/schedule.ts';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Sink, startSink } from './support/sink.ts';
import { edges, node, post, set } from './support/workflows.ts';

ownDatabase();

let ada: Person;
let worker: RunningWorker;
let sink: Sink;
beforeAll(async () => {
  ada = await createPerson();
  sink = await startSink();
  worker = await startWorker();
});
afterAll(async () => {
  await worker.stop();
  await sink.close();
});

/** Posts the message of an error trigger's item. */
const ALERT = (url: string) => ({
  method: 'POST',
  url: `${url}/alert`,
  body: 'json',
  jsonBody: {
    text: '{{ $json.execution.lastNodeExecuted }}: {{ $json.execution.error.message }}',
    id: '{{ $json.execution.id }}',
  },
});

const create = (file: WorkflowInput) =>
  ada.caller().workflows.create({ name: file.name, workflow: workflowSchema.parse(file) });

async function execute(file: WorkflowInput, input: Record<string, unknown> = {}) {
  const { id } = await create(file);
  const { executionId } = await ada.caller().executions.start({ id, input });
  await waitForEnd(ada.scope, executionId, 30_000);
  return getExecution(ada.scope, executionId);
}

/** Resolves when the execution has this status. */
const untilStatus = (id: string, status: string) =>
  expect.poll(async () => (await getExecution(ada.scope, id)).status, { timeout: 10_000 }).toBe(status);

describe('an execution', () => {
  it('runs a draft, keeps its data, and leaves no job behind', async () => {
    const execution = await execute(
      {
        name: 'chain',
        nodes: [
          node('start', 'manual-trigger'),
          set('hello', 'text', 'Hello {{ $json.name }}'),
          post('send', `${sink.url}/hello`),
        ],
        edges: edges('start>hello', 'hello>send'),
      },
      { name: 'Ada' },
    );
    expect(execution.status).toBe('completed');
    expect(execution.nodes.hello?.[0]?.outputs.main).toMatchObject([{ json: { text: 'Hello Ada' } }]);
    expect(execution.nodes.send?.[0]?.outputs.main).toMatchObject([{ json: { path: '/hello', n: 1 } }]);
    expect(execution.durationMs).toBeGreaterThanOrEqual(0);
    expect(sink.calls.find((c) => c.path === '/hello')?.idempotencyKey).toBe(`${execution.id}:send:0:0`);
  });

  it('fails as data: the error names the node and its field, and the worker lives on', async () => {
    const execution = await execute({
      name: 'fails',
      nodes: [node('start', 'manual-trigger'), post('send', 'http://127.0.0.1:1/')],
      edges: edges('start>send'),
    });
    expect(execution.status).toBe('failed');
    expect(execution.error).toMatchObject({ kind: 'upstream' });
    expect(execution.nodes.send?.[0]?.status).toBe('failed');
  });

  it('ends user code that loops or allocates for ever, and goes on with the next execution', async () => {
    const code = (source: string) => ({
      name: 'code',
      nodes: [
        node('start', 'manual-trigger'),
        node('code', 'code', { source, options: { timeoutMs: 500, memoryMb: 64 } }),
      ],
      edges: edges('start>code'),
    });
    const loop = await execute(code('while (true) {}'));
    expect(loop.error?.kind).toMatch(/timeout|limit/);
    const bomb = await execute(code('const a = []; while (true) a.push(new Array(1e6).fill(1));'));
    expect(bomb.error?.kind).toMatch(/limit|timeout/);
    const fine = await execute(code('return [{ json: { sum: 1 + 1 } }];'));
    expect(fine.nodes.code?.[0]?.outputs.main).toMatchObject([{ json: { sum: 2 } }]);
  });

  it('refuses a draft with errors before anything starts', async () => {
    const { id } = await create({
      name: 'broken',
      nodes: [node('start', 'manual-trigger'), node('x', 'no-such-node')],
      edges: edges('start>x'),
    });
    await expect(ada.caller().executions.start({ id })).rejects.toThrow(
      '“x” has the unknown node type no-such-node@1.',
    );
    const circle = await create({
      name: 'circle',
      nodes: [node('start', 'manual-trigger'), node('a', 'no-op'), node('b', 'no-op')],
      edges: edges('start>a', 'a>b', 'b>a'),
    });
    await expect(ada.caller().workflows.activate({ id: circle.id })).rejects.toThrow('“a” → “b” → “a”');
  });

  it('waits for a sub-workflow without holding a slot, and takes its items', async () => {
    const child = await create({
      name: 'child',
      nodes: [node('in', 'sub-workflow-trigger'), set('double', 'n', '{{ $json.n * 2 }}')],
      edges: edges('in>double'),
    });
    await ada.caller().workflows.activate({ id: child.id });
    const execution = await execute(
      {
        name: 'parent',
        nodes: [
          node('start', 'manual-trigger'),
          node('call', 'execute-workflow', { workflowId: child.id }),
          set('after', 'm', '{{ $json.n + 1 }}'),
        ],
        edges: edges('start>call', 'call>after'),
      },
      { n: 20 },
    );
    expect(execution.nodes.after?.[0]?.outputs.main).toMatchObject([{ json: { m: 41 } }]);
  });

  it('starts the error workflow when it fails, once, with what went wrong', async () => {
    const handler = await create({
      name: 'on error',
      nodes: [
        node('failed', 'error-trigger'),
        post('tell', `${sink.url}/alert`, { parameters: ALERT(sink.url) }),
      ],
      edges: edges('failed>tell'),
    });
    await ada.caller().workflows.activate({ id: handler.id });
    const execution = await execute({
      name: 'breaks',
      nodes: [node('start', 'manual-trigger'), node('stop', 'stop-and-error', { message: 'No stock left' })],
      edges: edges('start>stop'),
      settings: { errorWorkflowId: handler.id },
    });
    expect(execution.status).toBe('failed');
    await sink.called('/alert');
    expect(JSON.parse(sink.calls.find((c) => c.path === '/alert')!.body)).toEqual({
      text: 'stop: No stock left',
      id: execution.id,
    });
    expect(sink.count('/alert')).toBe(1);
  });

  it('stops within seconds when it is cancelled, also while a call is under way', async () => {
    const release = sink.hold('/held');
    const { id } = await create({
      name: 'long',
      nodes: [
        node('start', 'manual-trigger'),
        post('send', `${sink.url}/held`),
        post('after', `${sink.url}/after-cancel`),
      ],
      edges: edges('start>send', 'send>after'),
    });
    const { executionId } = await ada.caller().executions.start({ id });
    await sink.called('/held');
    await ada.caller().executions.cancel({ id: executionId });
    const began = Date.now();
    expect(await waitForEnd(ada.scope, executionId, 15_000)).toBe('cancelled');
    expect(Date.now() - began).toBeLessThan(6_000);
    release();
    expect(sink.count('/after-cancel')).toBe(0);
  });

  it('exists once when the same delivery arrives five times at the same moment', async () => {
    const workflow = await create({
      name: 'once',
      nodes: [node('start', 'manual-trigger'), post('send', `${sink.url}/once`)],
      edges: edges('start>send'),
    });
    await ada.caller().workflows.activate({ id: workflow.id });
    const detail = await ada.caller().workflows.get({ id: workflow.id });
    const start = () =>
      acceptExecution({
        workspaceId: ada.workspaceId,
        workflowId: workflow.id,
        versionId: detail.publishedVersion!.id,
        mode: 'webhook',
        trigger: { nodeId: 'start', items: [{ json: {} }] },
        deliveryKey: 'webhook:hook:delivery-1',
      });
    const accepted = await Promise.all([start(), start(), start(), start(), start()]);
    expect(new Set(accepted.map((a) => a.executionId)).size).toBe(1);
    expect(accepted.filter((a) => a.fresh)).toHaveLength(1);
    await waitForEnd(ada.scope, accepted[0]!.executionId, 10_000);
    expect(sink.count('/once')).toBe(1);
  });

  it('is retried with the same input on the same version', async () => {
    const first = await execute(
      {
        name: 'again',
        nodes: [node('start', 'manual-trigger'), set('copy', 'v', '{{ $json.v }}')],
        edges: edges('start>copy'),
      },
      { v: 7 },
    );
    const { executionId } = await ada.caller().executions.retry({ id: first.id });
    await waitForEnd(ada.scope, executionId, 10_000);
    const second = await getExecution(ada.scope, executionId);
    expect(second).toMatchObject({
      retryOfId: first.id,
      versionId: first.versionId,
      mode: 'retry',
      status: 'completed',
    });
    expect(second.nodes.copy?.[0]?.outputs).toEqual(first.nodes.copy?.[0]?.outputs);
  });

  it('is retried from the failed node: what had ended is taken over and not done again', async () => {
    const { id } = await create({
      name: 'half way',
      nodes: [
        node('start', 'manual-trigger'),
        post('paid', `${sink.url}/paid`),
        post('ship', 'http://127.0.0.1:1/'),
      ],
      edges: edges('start>paid', 'paid>ship'),
    });
    const { executionId } = await ada.caller().executions.start({ id });
    await waitForEnd(ada.scope, executionId, 10_000);
    const { draft } = await ada.caller().workflows.get({ id });
    draft.nodes[2]!.parameters.url = `${sink.url}/shipped`; // the fix
    await ada.caller().workflows.saveDraft({ id, draft });
    const again = await ada.caller().executions.retry({ id: executionId, from: 'failed', version: 'draft' });
    expect(await waitForEnd(ada.scope, again.executionId, 10_000)).toBe('completed');
    expect([sink.count('/paid'), sink.count('/shipped')]).toEqual([1, 1]);
    const second = await getExecution(ada.scope, again.executionId);
    expect(second.nodes.paid?.[0]?.outputs.main).toMatchObject([{ json: { path: '/paid' } }]);
    expect(second.startedAt).not.toBeNull();
  });

  it('pauses while it waits, and resumes to where it was', async () => {
    const { id } = await create({
      name: 'pause',
      nodes: [
        node('start', 'manual-trigger'),
        node('wait', 'wait', { mode: 'duration', amount: 1, unit: 'hours' }),
      ],
      edges: edges('start>wait'),
    });
    const { executionId } = await ada.caller().executions.start({ id });
    await untilStatus(executionId, 'waiting');
    await ada.caller().executions.pause({ id: executionId });
    await untilStatus(executionId, 'paused');
    await ada.caller().executions.resume({ id: executionId });
    await untilStatus(executionId, 'waiting');
    await ada.caller().executions.cancel({ id: executionId });
    expect(await waitForEnd(ada.scope, executionId, 10_000)).toBe('cancelled');
  });

  it('keeps text that PostgreSQL cannot store from losing the execution', async () => {
    const execution = await execute(
      {
        name: 'odd text',
        nodes: [node('start', 'manual-trigger'), set('copy', 'v', '{{ $json.v }}')],
        edges: edges('start>copy'),
      },
      { v: 'a\u0000b\ud800c' },
    );
    expect(execution.nodes.copy?.[0]?.outputs.main).toMatchObject([{ json: { v: 'a\ufffdb\ufffdc' } }]);
  });
});

describe('a schedule', () => {
  it('fires a due tick once, however many workers look', async () => {
    const workflow = await create({
      name: 'daily',
      nodes: [
        node('every', 'schedule-trigger', { rules: [{ mode: 'interval', every: 1, unit: 'days' }] }),
        node('end', 'no-op'),
      ],
      edges: edges('every>end'),
    });
    const active = await ada.caller().workflows.activate({ id: workflow.id });
    expect(active.triggers[0]?.nextRunAt?.getTime()).toBeGreaterThan(Date.now());
    await getPool().query(
      `update "trigger" set next_run_at = now() - interval '1 second' where workflow_id = $1`,
      [workflow.id],
    );
    await Promise.all(Array.from({ length: 5 }, () => fireDueSchedules(Date.now())));
    const { data } = await ada.caller().executions.list({ workflowId: workflow.id, limit: 10 });
    expect(data).toHaveLength(1);
    expect(data[0]?.mode).toBe('schedule');
    const { rows } = await getPool().query<{ next_run_at: Date }>(
      'select next_run_at from "trigger" where workflow_id = $1',
      [workflow.id],
    );
    expect(rows[0]!.next_run_at.getTime()).toBeGreaterThan(Date.now());
  });
});
