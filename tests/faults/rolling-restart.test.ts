import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { createFleet, end } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { type Sink, startSink } from '../support/sink.ts';
import {
  createStarter,
  expectSoundJournal,
  summarise,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

const RUNS = 60;
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

it('replacing both workers one after the other loses, fails and repeats nothing', async () => {
  const startHeld = await createStarter(ada, twoWrites(sink, 'held'));
  const start = await createStarter(ada, twoWrites(sink, 'free'));
  const accept = async (n: number, from = start) =>
    (await Promise.all(Array.from({ length: n }, () => from()))).map((a) => a.executionId);
  const olds = await Promise.all([fleet.start(), fleet.start()]);
  const answer = sink.hold('/held/first'); // these are in the middle of a write when the signal comes
  const ids = await accept(RUNS / 3, startHeld);
  await sink.called('/held/first', RUNS / 3);
  const began = Date.now();
  for (const [i, old] of olds.entries()) {
    const gone = end(old, 'SIGTERM');
    ids.push(...(await accept(RUNS / 3)));
    await fleet.start();
    if (i === 0) answer();
    expect(await gone).toBe(0);
  }
  const rows = await untilAllEnded(ids, 30);

  expect(rows.map((row) => row.status)).toEqual(ids.map(() => 'completed'));
  expect(rows.every((row) => row.crashes === 0)).toBe(true);
  for (const id of ids) await expectSoundJournal(id);
  const seen = verdict(sink, ids);
  expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
  expect(sink.calls).toHaveLength(RUNS * 2);
  summarise('rolling restart of two workers', RUNS, seen, (Date.now() - began) / 1000);
});
