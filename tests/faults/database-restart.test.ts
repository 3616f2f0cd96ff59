import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { type RestartableDatabase, restartableDatabase } from '../support/restartable-database.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { until } from '../support/until.ts';
import {
  createStarter,
  expectSoundJournal,
  summarise,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

const HELD = 10;
const FREE = 20;
const RESTARTS = 2;
let database: RestartableDatabase;
let ada: Person;
let sink: Sink;
const fleet = createFleet();
beforeAll(async () => {
  database = await restartableDatabase();
  ada = await createPerson();
  sink = await startSink();
});
afterAll(async () => {
  await fleet.close();
  await sink.close();
  await database.remove();
});

const lockedJobs = async () =>
  (await getPool().query('select 1 from graphile_worker._private_jobs where locked_at is not null')).rowCount;

it('a database that crashes twice under load loses nothing that was accepted', async () => {
  const startHeld = await createStarter(ada, twoWrites(sink, 'held'));
  const start = await createStarter(ada, twoWrites(sink, 'free'));
  const accepted: string[] = [];
  let refused = 0;
  const accept = (from = start) =>
    from().then(
      ({ executionId }) => accepted.push(executionId),
      () => refused++, // no 2xx: nothing is promised
    );
  const several = (n: number, from = start) => Promise.all(Array.from({ length: n }, () => accept(from)));
  await Promise.all([fleet.keepOne(), fleet.keepOne()]);
  for (let restart = 1; restart <= RESTARTS; restart++) {
    const answer = sink.hold('/held/first'); // these are answered while there is no database
    await several(HELD, startHeld);
    await sink.called('/held/first', sink.count('/held/second') + HELD);
    const calls = sink.calls.length;
    const starts = several(FREE);
    await sink.calledInAll(calls + FREE / 2); // some writes are done, some under way, some still to come
    const crashed = database.crash();
    await Promise.all([starts, several(FREE), crashed]);
    answer();
    const before = accepted.length;
    await several(3);
    expect(accepted).toHaveLength(before); // nothing is accepted without a database
    await database.start();
    await until('starts are accepted again', 15, () => start().then((a) => accepted.push(a.executionId)));
    await sink.called('/held/second', restart * HELD);
  }
  const back = Date.now();
  const rows = await untilAllEnded(accepted, 60);
  const recovery = (Date.now() - back) / 1000;

  expect(accepted.length).toBeGreaterThanOrEqual(RESTARTS * HELD + FREE);
  expect(refused).toBeGreaterThanOrEqual(RESTARTS);
  expect(rows.map((row) => row.status)).toEqual(accepted.map(() => 'completed'));
  for (const id of accepted) await expectSoundJournal(id);
  const seen = verdict(sink, accepted);
  expect(seen.lost).toBe(0);
  expect(seen.repeated).toBe(0);
  expect(Math.max(...sink.perKey().values())).toBeLessThanOrEqual(RESTARTS + 1);
  await until('no job is left locked', 60 - recovery, async () => (await lockedJobs()) === 0);
  summarise(`${RESTARTS} crashes of the database`, accepted.length, seen, recovery);
}, 150_000); // two recoveries of up to 30 s each, beside other tests
