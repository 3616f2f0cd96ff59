import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { judge } from '../support/evidence.ts';
import { createFleet, end } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { edges, node, post } from '../support/workflows.ts';
import { createStarter, letLeaseRunOut, untilAllEnded } from '../support/workload.ts';

ownDatabase();

let ada: Person;
let sink: Sink;
const fleet = createFleet();
beforeAll(async () => {
  ada = await createPerson();
  sink = await startSink();
});
afterAll(async () => {
  await fleet.close();
  await sink.close();
});

it('an execution that gets on between three crashes is not blamed for them', async () => {
  const steps = ['a', 'b', 'c'];
  const start = await createStarter(ada, {
    name: 'long',
    nodes: [node('start', 'manual-trigger'), ...[...steps, 'd'].map((n) => post(n, `${sink.url}/${n}`))],
    edges: edges('start>a', 'a>b', 'b>c', 'c>d'),
  });
  const worker = await fleet.keepOne();
  const answer = new Map(steps.map((n) => [n, sink.hold(`/${n}`)]));
  const { executionId } = await start();
  for (const step of steps) {
    await sink.called(`/${step}`);
    await end(worker(), 'SIGKILL');
    answer.get(step)!();
    await letLeaseRunOut(executionId);
  }
  const [row] = await untilAllEnded([executionId], 40);
  expect(row?.status).toBe('completed');
  expect(steps.map((step) => sink.count(`/${step}`))).toEqual([2, 2, 2]); // the write in flight, once more each
  expect(sink.count('/d')).toBe(1);
  const keys = [...steps, 'd'].map((step) => `${executionId}:${step}:0:0`);
  const { strays, ...seen } = judge(sink, new Map([[executionId, keys]]));
  expect(strays).toEqual([]);
  expect(seen).toEqual({ lost: 0, doubled: 3, repeated: 0 });
  summarise('three crashes of one execution that gets on in between', 1, seen);
});
