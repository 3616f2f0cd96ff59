import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { type Sink, startSink } from '../support/sink.ts';
import {
  createStarter,
  expectSoundJournal,
  recoverySeconds,
  summarise,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

const RUNS = 150;
const KILLS = 3;
const SEED = 20_260_101;
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

/** The same numbers in [0, 1) every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

it('three kills at random moments under load lose nothing that was accepted', async () => {
  const start = await createStarter(ada, twoWrites(sink, 'load'));
  const worker = await fleet.keepOne();
  const random = seeded(SEED);
  const ids: string[] = [];
  const kills: { at: number; accepted: string[] }[] = [];
  const block = RUNS / KILLS;
  for (let kill = 0; kill < KILLS; kill++) {
    const killAfter = Math.floor(random() * block);
    const callsFirst = Math.floor(random() * 10); // of this block's, before the process dies
    const callsBefore = sink.calls.length;
    for (let i = 0; i < block; i++) {
      ids.push((await start(`webhook:load:${ids.length}`)).executionId);
      if (i !== killAfter) continue;
      await sink.calledInAll(callsBefore + Math.min(callsFirst, i));
      worker().kill('SIGKILL');
      kills.push({ at: Date.now(), accepted: [...ids] });
    }
    await sink.called('/load/second', Math.floor((ids.length - block) / 2) + 1); // the replacement works
  }
  const rows = await untilAllEnded(ids, 60);

  expect(new Set(ids).size).toBe(RUNS);
  expect(rows.map((row) => row.status)).toEqual(ids.map(() => 'completed'));
  for (const id of ids) await expectSoundJournal(id);
  const seen = verdict(sink, ids);
  expect(seen.lost).toBe(0);
  expect(seen.repeated).toBe(0);
  expect(Math.max(...sink.perKey().values())).toBeLessThanOrEqual(KILLS + 1);
  const recovery = Math.max(...kills.map((kill) => recoverySeconds(sink, kill.accepted, kill.at)));
  expect(recovery).toBeLessThan(30);
  summarise(`${KILLS} kills of the worker under load`, RUNS, seen, recovery);
});
