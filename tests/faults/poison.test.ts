import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEvents } from '#server/executions/journal.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { edges, node, post } from '../support/workflows.ts';
import {
  createStarter,
  expectSoundJournal,
  expectSoundJournals,
  killProcessOf,
  letLeaseRunOut,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

const GOOD = 9;
const ROUNDS = scale(1, 3);
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
  `an execution that kills its worker is given up after three times, and what comes meanwhile comes through`,
  async () => {
    const startGood = await createStarter(ada, twoWrites(sink, 'good'));
    await fleet.keepOne();
    const good: string[] = [];
    const seconds: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const path = `/poison${round}`;
      const startPoison = await createStarter(ada, {
        name: path,
        nodes: [node('start', 'manual-trigger'), post('poison', `${sink.url}${path}`)],
        edges: edges('start>poison'),
      });
      const began = Date.now();
      sink.hold(path); // it dies before it gets an answer
      const { executionId: poison } = await startPoison();
      for (let crash = 1; crash <= 3; crash++) {
        await sink.called(path, crash);
        expect(await killProcessOf(poison)).toEqual({ quarantine: crash === 3 });
        const accepted = await Promise.all(Array.from({ length: GOOD / 3 }, () => startGood()));
        good.push(...accepted.map((a) => a.executionId));
        await sink.called('/good/second', good.length); // the next worker has done what came meanwhile
        await letLeaseRunOut(poison);
      }
      const [row] = await untilAllEnded([poison], 30);
      seconds.push((Date.now() - began) / 1000);
      expect(row?.status).toBe('failed');
      expect(sink.count(path)).toBe(3);
      expect((await readEvents(poison)).at(-1)).toMatchObject({
        type: 'execution.failed',
        reason: 'crashed',
      });
      await expectSoundJournal(poison);
    }

    const rows = await untilAllEnded(good, 30);
    expect(rows.map((row) => row.status)).toEqual(good.map(() => 'completed'));
    await expectSoundJournals(good);
    const seen = verdict(sink, good);
    expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
    summarise(`${ROUNDS} × poison beside nine others`, good.length + ROUNDS, seen, seconds);
  },
  scale(60_000, 180_000),
);
