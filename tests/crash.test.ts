import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { getExecution } from '#server/executions/queries.ts';
import { waitForEnd } from '#server/live/stream.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Sink, startSink } from './support/sink.ts';
import { edges, node, post } from './support/workflows.ts';

ownDatabase();

let ada: Person;
let sink: Sink;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  ada = await createPerson();
  sink = await startSink();
});
afterAll(async () => {
  for (const worker of workers)
    if (worker.exitCode === null && worker.signalCode === null) worker.kill('SIGKILL');
  await sink.close();
});

/** A worker in a process of its own, as the supervisor starts it; resolves when it is ready. */
async function spawnWorker(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [path.resolve('worker/main.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: process.env,
  });
  workers.push(worker);
  await new Promise((resolve) => worker.once('message', resolve));
  return worker;
}

const start = async (file: WorkflowInput) => {
  const { id } = await ada
    .caller()
    .workflows.create({ name: file.name, workflow: workflowSchema.parse(file) });
  return (await ada.caller().executions.start({ id })).executionId;
};

describe('kill -9 of the worker in the middle of an execution', () => {
  it('loses nothing and repeats no finished write', async () => {
    const first = await spawnWorker();
    const release = sink.hold('/second');
    const executionId = await start({
      name: 'three writes',
      nodes: [
        node('start', 'manual-trigger'),
        post('a', `${sink.url}/first`),
        node('pure', 'no-op'),
        post('b', `${sink.url}/second`),
        post('c', `${sink.url}/third`),
      ],
      edges: edges('start>a', 'a>pure', 'pure>b', 'b>c'),
    });
    await sink.called('/second');
    first.kill('SIGKILL');
    release();
    await spawnWorker();
    const began = Date.now();
    expect(await waitForEnd(ada.scope, executionId, 40_000)).toBe('completed');
    const seconds = (Date.now() - began) / 1000;
    console.log(`finished ${seconds.toFixed(1)} s after the restart`);
    expect(seconds).toBeLessThan(30);
    expect([sink.count('/first'), sink.count('/second'), sink.count('/third')]).toEqual([1, 2, 1]);
    const keys = sink.calls.filter((c) => c.path === '/second').map((c) => c.idempotencyKey);
    expect(new Set(keys).size).toBe(1); // the write in flight is repeated under the same key
    const execution = await getExecution(ada.scope, executionId);
    expect(execution.nodes.a).toHaveLength(1);
  });

  it('hands an execution over when it is told to stop', async () => {
    const [worker] = workers.filter((w) => w.exitCode === null && w.signalCode === null);
    const release = sink.hold('/slow');
    const executionId = await start({
      name: 'hand over',
      nodes: [node('start', 'manual-trigger'), post('a', `${sink.url}/slow`), post('b', `${sink.url}/after`)],
      edges: edges('start>a', 'a>b'),
    });
    await sink.called('/slow');
    const gone = new Promise((resolve) => worker!.once('exit', resolve));
    worker!.kill('SIGTERM');
    release();
    expect(await gone).toBe(0);
    await spawnWorker();
    expect(await waitForEnd(ada.scope, executionId, 30_000)).toBe('completed');
    expect([sink.count('/slow'), sink.count('/after')]).toEqual([1, 1]);
  });
});
