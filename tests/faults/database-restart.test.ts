import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { type RestartableDatabase, restartableDatabase } from '../support/restartable-database.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { until } from '../support/until.ts';
import { createStarter, expectSoundJournal, twoWrites, untilAllEnded, verdict } from '../support/workload.ts';

const HELD = 10;
const FREE = scale(20, 200);
const RESTARTS = scale(2, 4);
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
const openExecutions = async () => (await getPool().query('select 1 from active_execution')).rowCount;

it(
  `a database that crashes ${RESTARTS} times under load loses nothing that was accepted`,
  async () => {
    const startHeld = await createStarter(ada, twoWrites(sink, 'held'));
    const start = await createStarter(ada, twoWrites(sink, 'free'));
    const accepted: string[] = [];
    const checkpoints = watchCheckpoints(sink);
    const recovery: number[] = [];
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
      const back = Date.now();
      await checkpoints.look();
      await until('starts are accepted again', 15, () => start().then((a) => accepted.push(a.executionId)));
      await sink.called('/held/second', restart * HELD);
      await untilAllEnded(accepted, 60);
      recovery.push((Date.now() - back) / 1000);
    }
    const rows = await untilAllEnded(accepted, 5);

    expect(accepted.length).toBeGreaterThanOrEqual(RESTARTS * HELD + FREE);
    expect(refused).toBeGreaterThanOrEqual(RESTARTS);
    expect(rows.map((row) => row.status)).toEqual(accepted.map(() => 'completed'));
    for (const id of accepted) await expectSoundJournal(id);
    const seen = verdict(sink, accepted, checkpoints);
    expect(seen).toMatchObject({ lost: 0, repeated: 0 });
    expect(Math.max(...sink.perKey().values())).toBeLessThanOrEqual(RESTARTS + 1);
    const left = 60 - recovery.at(-1)!; // of the minute that there is after a fault
    await until('no job is left locked', left, async () => (await lockedJobs()) === 0);
    // what nobody was told of is accepted all the same, and ends too
    await until('nothing is left open', left, async () => (await openExecutions()) === 0);
    summarise(`${RESTARTS} crashes of the database`, accepted.length, seen, recovery);
  },
  scale(150_000, 400_000),
); // recoveries of up to 30 s each, beside other tests
