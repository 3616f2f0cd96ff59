import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForEnd } from '#server/live/stream.ts';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Sink, startSink } from './support/sink.ts';
import { edges, node, post } from './support/workflows.ts';
import { createStarter } from './support/workload.ts';

ownDatabase();

let ada: Person;
let worker: RunningWorker;
let sink: Sink;
/** What the sink answers to calls of `/flaky`. */
let healthy = false;
beforeAll(async () => {
  ada = await createPerson();
  sink = await startSink((path) => (path === '/flaky' && !healthy ? 503 : 200));
  worker = await startWorker();
});
afterAll(async () => {
  await worker.stop();
  await sink.close();
});

const flaky = (name: string) =>
  createStarter(ada, {
    name,
    nodes: [
      node('start', 'manual-trigger'),
      post('before', `${sink.url}/before`),
      post('flaky', `${sink.url}/flaky`),
    ],
    edges: edges('start>before', 'before>flaky'),
  });

async function failed(name: string, count: number): Promise<string[]> {
  const start = await flaky(name);
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { executionId } = await start();
    expect(await waitForEnd(ada.scope, executionId, 10_000)).toBe('failed');
    ids.push(executionId);
  }
  return ids;
}

it('lists what failed in production, groups it, and retries it in bulk from where it failed, once', async () => {
  const letters = () => ada.caller().deadLetters;
  healthy = false;
  const orders = await failed('orders', 2);
  const bills = await failed('bills', 1);
  const page = await letters().list({});
  expect(page.data.map((d) => d.id)).toEqual([...orders, ...bills].reverse());
  expect(await letters().count()).toBe(3);
  const { data: groups } = await letters().groups();
  expect(groups.map((g) => [g.workflowName, g.kind, g.count])).toEqual([
    ['orders', 'upstream', 2],
    ['bills', 'upstream', 1],
  ]);

  healthy = true;
  const before = sink.count('/before');
  const which = { filter: { workflowId: groups[0]!.workflowId, message: groups[0]!.message } };
  const results = await Promise.all([letters().retry({ which }), letters().retry({ which })]);
  expect(results.reduce((sum, r) => sum + r.handled, 0)).toBe(2); // pressed twice at once
  const retries = (await ada.caller().executions.list({})).data.filter((e) => e.retryOfId);
  expect(retries.map((r) => r.retryOfId).sort()).toEqual([...orders].sort());
  for (const { id } of retries) expect(await waitForEnd(ada.scope, id, 10_000)).toBe('completed');
  expect(sink.count('/before')).toBe(before); // what had ended well did not run again
  expect((await letters().list({})).data.map((d) => d.id)).toEqual(bills);

  expect(await letters().dismiss({ which: { ids: bills } })).toEqual({ handled: 1, left: 0 });
  expect(await letters().count()).toBe(0);
});

it('a retry that fails again is a dead letter of its own', async () => {
  healthy = false;
  const [id] = await failed('again', 1);
  await ada.caller().deadLetters.retry({ which: { ids: [id!] } });
  const retry = (await ada.caller().executions.list({})).data.find((e) => e.retryOfId === id)!;
  expect(await waitForEnd(ada.scope, retry.id, 10_000)).toBe('failed');
  expect((await ada.caller().deadLetters.list({})).data.map((d) => d.id)).toEqual([retry.id]);
});

it('a retry of all does not retry what fails while it runs', async () => {
  healthy = false;
  const ids = await failed('all', 3);
  const { data } = await ada.caller().deadLetters.list({});
  const { workflowId } = data.find((d) => d.id === ids[0])!;
  const filter = { workflowId, before: new Date() };
  expect(await ada.caller().deadLetters.retry({ which: { filter } })).toEqual({ handled: 3, left: 0 });
  const retries = (await ada.caller().executions.list({ workflowId })).data.filter((e) => e.retryOfId);
  for (const { id } of retries) expect(await waitForEnd(ada.scope, id, 10_000)).toBe('failed');
  expect(await ada.caller().deadLetters.retry({ which: { filter } })).toEqual({ handled: 0, left: 0 });
  expect((await ada.caller().deadLetters.list({ workflowId })).data).toHaveLength(3);
});

it('what people start by hand is not listed, and retrying one elsewhere takes it off the list', async () => {
  healthy = false;
  const [id] = await failed('by hand', 1);
  const { data } = await ada.caller().deadLetters.list({});
  expect(data.map((d) => d.id)).toContain(id);
  const { workflowId } = data.find((d) => d.id === id)!;
  const { executionId } = await ada.caller().executions.start({ id: workflowId });
  expect(await waitForEnd(ada.scope, executionId, 10_000)).toBe('failed');
  await ada.caller().executions.retry({ id: id!, from: 'failed' });
  const after = (await ada.caller().deadLetters.list({})).data.map((d) => d.id);
  expect(after).not.toContain(id);
  expect(after).not.toContain(executionId);
});
