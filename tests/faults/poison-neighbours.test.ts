import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEvents } from '#server/executions/journal.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet, end } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { until } from '../support/until.ts';
import { edges, node, post } from '../support/workflows.ts';
import {
  createStarter,
  expectSoundJournal,
  letLeaseRunOut,
  summarise,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

const GOOD = 9;
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

it('those that run beside an execution that kills its worker come through', async () => {
  const startGood = await createStarter(ada, twoWrites(sink, 'good'));
  const startPoison = await createStarter(ada, {
    name: 'poison',
    nodes: [node('start', 'manual-trigger'), post('poison', `${sink.url}/poison`)],
    edges: edges('start>poison'),
  });
  const worker = await fleet.keepOne();
  const answerGood = sink.hold('/good/first'); // the first crash hits all of them in the middle of a write
  sink.hold('/poison'); // it dies before it gets an answer
  const good = (await Promise.all(Array.from({ length: GOOD }, () => startGood()))).map((a) => a.executionId);
  await sink.called('/good/first', GOOD);
  const began = Date.now();
  sink.onCall('/poison', () => worker().kill('SIGKILL'));
  let dying = worker();
  const { executionId: poison } = await startPoison();
  for (let crash = 1; crash <= 3; crash++) {
    await sink.called('/poison', crash);
    await end(dying, 'SIGKILL');
    answerGood();
    const gone = dying;
    dying = await until('a new worker', 10, async () => (worker() === gone ? null : worker()));
    await letLeaseRunOut(poison);
  }

  const rows = await untilAllEnded([poison, ...good], 30);
  const status = new Map(rows.map((row) => [row.id, row.status]));
  expect(status.get(poison)).toBe('failed');
  expect(sink.count('/poison')).toBe(3);
  expect((await readEvents(poison)).at(-1)).toMatchObject({ type: 'execution.failed', reason: 'crashed' });
  expect(good.map((id) => status.get(id))).toEqual(good.map(() => 'completed'));
  for (const id of [poison, ...good]) await expectSoundJournal(id);
  const seen = verdict(sink, good);
  expect(seen.lost).toBe(0);
  expect(seen.repeated).toBe(0);
  expect(sink.perKey().size).toBe(GOOD * 2 + 1); // what a crash repeated came under the same key
  summarise('nine in the middle of a write beside poison', GOOD + 1, seen, (Date.now() - began) / 1000);
});
