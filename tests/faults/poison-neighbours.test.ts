import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEvents } from '#server/executions/journal.ts';
import { ownDatabase } from '../support/database.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { edges, node, post } from '../support/workflows.ts';
import {
  createStarter,
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
  'those that run beside an execution that kills its worker come through',
  async () => {
    await fleet.keepOne();
    const checkpoints = watchCheckpoints(sink);
    const good: string[] = [];
    const poisons: string[] = [];
    const seconds: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const path = `/poison${round}`;
      const startGood = await createStarter(ada, twoWrites(sink, `good${round}`));
      const startPoison = await createStarter(ada, {
        name: path,
        nodes: [node('start', 'manual-trigger'), post('poison', `${sink.url}${path}`)],
        edges: edges('start>poison'),
      });
      const answerGood = sink.hold(`/good${round}/first`); // the first crash hits all of them in the middle of a write
      sink.hold(path); // it dies before it gets an answer
      const started = await Promise.all(Array.from({ length: GOOD }, () => startGood()));
      good.push(...started.map((a) => a.executionId));
      await sink.called(`/good${round}/first`, GOOD);
      const began = Date.now();
      const { executionId: poison } = await startPoison();
      poisons.push(poison);
      for (let crash = 1; crash <= 3; crash++) {
        await sink.called(path, crash);
        expect(await killProcessOf(poison)).toEqual({ quarantine: crash === 3 });
        await checkpoints.look();
        answerGood();
        await letLeaseRunOut(poison);
      }
      const [row] = await untilAllEnded([poison], 30);
      expect(row?.status).toBe('failed');
      expect(sink.count(path)).toBe(3);
      expect((await readEvents(poison)).at(-1)).toMatchObject({
        type: 'execution.failed',
        reason: 'crashed',
      });
      await untilAllEnded(good, 30);
      seconds.push((Date.now() - began) / 1000);
    }

    const rows = await untilAllEnded(good, 5);
    expect(rows.map((row) => row.status)).toEqual(good.map(() => 'completed'));
    await expectSoundJournals([...poisons, ...good]);
    const seen = verdict(sink, good, checkpoints);
    expect(seen).toMatchObject({ lost: 0, repeated: 0 });
    expect(sink.perKey().size).toBe(good.length * 2 + ROUNDS); // what a crash repeated came under the same key
    summarise(`${ROUNDS} × nine in the middle of a write beside poison`, good.length + ROUNDS, seen, seconds);
  },
  scale(60_000, 240_000),
);
