import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEventsOf } from '#server/executions/journal.ts';
import { LEASE_MS } from '#server/executions/lease.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet, end } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import {
  createStarter,
  expectSoundJournals,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

/** In each round: a third of them in the middle of a write, a third while each worker goes. */
const RUNS = scale(60, 300);
const ROUNDS = scale(1, 5);
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

it(
  'replacing both workers one after the other loses, fails and repeats nothing',
  async () => {
    const start = await createStarter(ada, twoWrites(sink, 'free'));
    const accept = async (n: number, from = start) =>
      (await Promise.all(Array.from({ length: n }, () => from()))).map((a) => a.executionId);
    let workers: ChildProcess[] = await Promise.all([fleet.start(), fleet.start()]);
    const ids: string[] = [];
    const seconds: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const startHeld = await createStarter(ada, twoWrites(sink, `held${round}`));
      const answer = sink.hold(`/held${round}/first`); // these are in the middle of a write when the signal comes
      ids.push(...(await accept(RUNS / 3, startHeld)));
      await sink.called(`/held${round}/first`, RUNS / 3);
      const began = Date.now();
      const next: ChildProcess[] = [];
      for (const [i, old] of workers.entries()) {
        const gone = end(old, 'SIGTERM');
        ids.push(...(await accept(RUNS / 3)));
        next.push(await fleet.start());
        if (i === 0) answer();
        expect(await gone).toBe(0);
      }
      workers = next;
      await untilAllEnded(ids, 30);
      seconds.push((Date.now() - began) / 1000);
    }

    const rows = await untilAllEnded(ids, 5);
    expect(rows.map((row) => row.status)).toEqual(ids.map(() => 'completed'));
    await expectSoundJournals(ids);
    for (const events of (await readEventsOf(ids)).values()) {
      // a worker that was told to stop hands over: nobody waited for a lease to run out
      const gaps = events.slice(1).map((e, i) => e.at - events[i]!.at);
      expect(Math.max(...gaps)).toBeLessThan(LEASE_MS);
    }
    const seen = verdict(sink, ids);
    expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
    expect(sink.calls).toHaveLength(ids.length * 2);
    summarise(`${ROUNDS} × rolling restart of two workers`, ids.length, seen, seconds);
  },
  scale(60_000, 180_000),
);
