import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEvents } from '#server/executions/journal.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet, end } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { type Sink, startSink } from '../support/sink.ts';
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

it('an execution that kills its worker is given up after three times, and what comes meanwhile comes through', async () => {
  const startGood = await createStarter(ada, twoWrites(sink, 'good'));
  const startPoison = await createStarter(ada, {
    name: 'poison',
    nodes: [node('start', 'manual-trigger'), post('poison', `${sink.url}/poison`)],
    edges: edges('start>poison'),
  });
  const worker = await fleet.keepOne();
  const began = Date.now();
  sink.hold('/poison'); // it dies before it gets an answer
  const { executionId: poison } = await startPoison();
  const good: string[] = [];
  for (let crash = 1; crash <= 3; crash++) {
    const dying = worker();
    await sink.called('/poison', crash);
    await end(dying, 'SIGKILL');
    const accepted = await Promise.all(Array.from({ length: GOOD / 3 }, () => startGood()));
    good.push(...accepted.map((a) => a.executionId));
    await sink.called('/good/second', good.length); // the next worker has done what came meanwhile
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
  expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
  summarise('poison beside nine others', GOOD + 1, seen, (Date.now() - began) / 1000);
});
