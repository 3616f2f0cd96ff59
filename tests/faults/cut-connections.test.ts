import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { ownDatabase } from '../support/database.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { percentile, summarise } from '../support/report.ts';
import { type Moment, momentOf, resumeDelays } from '../support/resumes.ts';
import { scale } from '../support/scale.ts';
import { seeded } from '../support/seeded.ts';
import { type Sink, startSink } from '../support/sink.ts';
import {
  createStarter,
  expectSoundJournals,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

const CUTS = scale(5, 40);
const RUNS = scale(200, 4_000);
const BATCH = 10;
/** Still to do at most, so that work is under way at every cut. */
const BACKLOG = 60;
const SEED = 20_260_102;
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

/** Cuts every connection that workers have; gives how many there were. */
const cut = async () =>
  (
    await getPool().query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name in ('linkflow-worker', 'linkflow-listener') and datname = current_database()`,
    )
  ).rowCount ?? 0;

it(
  `a worker whose connections are cut ${CUTS} times under load loses and repeats nothing`,
  async () => {
    const start = await createStarter(ada, twoWrites(sink, 'load'));
    await Promise.all([fleet.keepOne(), fleet.keepOne()]);
    const checkpoints = watchCheckpoints(sink);
    const random = seeded(SEED);
    const ids: string[] = [];
    const cuts: Moment[] = [];
    let connections = 0;
    const acceptBatch = async () => {
      const accepted = await Promise.all(Array.from({ length: BATCH }, () => start()));
      ids.push(...accepted.map((a) => a.executionId));
      await sink.called('/load/second', ids.length - BACKLOG);
    };
    for (let i = 1; i <= CUTS; i++) {
      const cutAfter = (i - random()) * (RUNS / CUTS);
      while (ids.length < cutAfter) await acceptBatch();
      const calls = sink.calls.length;
      const work = acceptBatch();
      await sink.calledInAll(calls + Math.floor(random() * BATCH)); // some of these are under way
      connections += await cut();
      cuts.push(await momentOf(Date.now()));
      await checkpoints.look();
      await work;
    }
    while (ids.length < RUNS) await acceptBatch();
    const rows = await untilAllEnded(ids, 60);

    expect(cuts).toHaveLength(CUTS);
    expect(connections).toBeGreaterThanOrEqual(CUTS * 2);
    expect(rows.filter((row) => row.status !== 'completed')).toEqual([]);
    await expectSoundJournals(ids);
    const seen = verdict(sink, ids, checkpoints);
    expect(seen).toMatchObject({ lost: 0, repeated: 0 });
    const delays = await resumeDelays(cuts);
    expect(percentile(delays, 1)).toBeLessThan(30);
    summarise(`connections of the workers cut ${CUTS} times`, ids.length, seen, delays);
  },
  scale(90_000, 300_000),
);
