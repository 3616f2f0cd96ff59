import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import { createFleet, isAlive } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { percentile, summarise } from '../support/report.ts';
import { type Moment, momentOf, resumeDelays } from '../support/resumes.ts';
import { LONG, scale } from '../support/scale.ts';
import { seeded } from '../support/seeded.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { until } from '../support/until.ts';
import {
  createStarter,
  expectSoundJournals,
  storiesOf,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

const RUNS = scale(120, 10_000);
const KILLS = scale(2, 24);
const WORKERS = scale(1, 2);
/** Milliseconds until the next kill, at random in between, once somebody works again. */
const GAP = scale([0, 300], [1_000, 8_000]) as [number, number];
/** Accepted together, as long as there is no more than `BACKLOG` still to do: more than dead workers may hold. */
const BATCH = scale(5, 25);
const BACKLOG = scale(RUNS, 600);
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

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it(
  `${KILLS} kills at random moments under load lose nothing that was accepted`,
  async () => {
    const start = await createStarter(ada, twoWrites(sink, 'load'));
    const workers = await Promise.all(Array.from({ length: WORKERS }, () => fleet.keepOne()));
    const checkpoints = watchCheckpoints(sink);
    const random = seeded(SEED);
    const ids: string[] = [];
    const kills: Moment[] = [];
    let killing = true;

    const kill = async () => {
      for (let i = 0; i < KILLS; i++) {
        await sink.calledInAll(sink.calls.length + 1);
        await pause(GAP[0] + random() * (GAP[1] - GAP[0]));
        const worker = await until('a worker to kill', 30, async () => {
          const candidate = workers[Math.floor(random() * WORKERS)]!();
          return isAlive(candidate) ? candidate : null;
        });
        worker.kill('SIGKILL');
        kills.push(await momentOf(Date.now()));
        await checkpoints.look();
      }
      killing = false;
    };
    const accept = async () => {
      const share = RUNS / KILLS; // so that there is load at every kill
      while (ids.length < RUNS) {
        const early = killing && ids.length > share * (kills.length + 1);
        if (early || ids.length - sink.count('/load/second') > BACKLOG) {
          await pause(20);
          continue;
        }
        const batch = Math.min(BATCH, RUNS - ids.length);
        const keys = Array.from({ length: batch }, (_, i) => `webhook:load:${ids.length + i}`);
        const accepted = await Promise.all(keys.map((key) => start(key)));
        ids.push(...accepted.map((a) => a.executionId));
      }
    };
    await Promise.all([kill(), accept()]);
    const rows = await untilAllEnded(ids, 60);

    expect(new Set(ids).size).toBe(RUNS);
    expect(await storiesOf(rows.filter((row) => row.status !== 'completed'))).toEqual([]);
    await expectSoundJournals(ids);
    const seen = verdict(sink, ids, checkpoints);
    expect(seen).toMatchObject({ lost: 0, repeated: 0 });
    expect(Math.max(...sink.perKey().values())).toBeLessThanOrEqual(KILLS + 1);
    const delays = await resumeDelays(kills);
    expect(delays.length).toBeGreaterThan(0); // the kills hit something
    expect(seen.doubled).toBeLessThanOrEqual(delays.length); // only what was in flight
    expect(percentile(delays, 1)).toBeLessThan(30);
    if (LONG) expect(percentile(delays, 0.95)).toBeLessThan(15);
    summarise(`${KILLS} kills of ${WORKERS === 1 ? 'the worker' : 'workers'} under load`, RUNS, seen, delays);
  },
  scale(90_000, 600_000),
);
