import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dieAt, judgeRuns, pointsOf, runUndisturbed } from '../support/boundary-run.ts';
import {
  type BoundaryWorkload,
  FLAKY,
  looping,
  nested,
  plain,
  retrying,
  waiting,
} from '../support/boundary-workloads.ts';
import { ownDatabase } from '../support/database.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import type { Failpoint } from '../support/failpoint.ts';
import { parseFailpoint } from '../support/failpoints.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { percentile, summarise } from '../support/report.ts';
import { type Moment, resumeDelays } from '../support/resumes.ts';
import { LONG } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { letLeaseRunOut, untilAllEnded } from '../support/workload.ts';

ownDatabase();

/** The last of the journal is asked for as `journal:after:last`. */
const SHORT = [
  'claim:after:1',
  'journal:before:1',
  'journal:after:1',
  'journal:before:2', // the first write is done, and not noted
  'journal:before:3',
  'journal:after:3',
  'journal:after:last',
];
/** So many deaths one after the other take less time than a lease: then one worker takes all of them over. */
const WAVE = 5;

let ada: Person;
let sink: Sink;
const fleet = createFleet();
beforeAll(async () => {
  ada = await createPerson();
  sink = await startSink((path, nth) => (path === FLAKY && nth === 1 ? 503 : 200));
});
afterAll(async () => {
  await fleet.close();
  await sink.close();
});

const startWorker = () => fleet.start({ failpoints: true });

/** Lets a worker die at each point of the list; those that come after it go on, at once or in real time. */
async function dieAtEach(
  workload: BoundaryWorkload,
  choose: (points: Failpoint[]) => Failpoint[],
  realTime: boolean,
) {
  const checkpoints = watchCheckpoints(sink);
  let worker: ChildProcess = await startWorker();
  const clean = await runUndisturbed(worker, workload);
  const points = choose(pointsOf(clean.counts));
  const runs = [{ workload, id: clean.id, writes: clean.writes }];
  const moments: Moment[] = [];
  const missed: string[] = [];
  let wave: string[] = [];
  for (const [i, point] of points.entries()) {
    const { id, diedAt } = await dieAt(worker, point, workload);
    runs.push({ workload, id, writes: clean.writes });
    if (diedAt === null) {
      missed.push(`${point.statement}:${point.when}:${point.nth}`);
    } else {
      moments.push({ at: diedAt, running: [{ id, owner: '' }] });
      await checkpoints.look();
      if (!realTime) await letLeaseRunOut(id);
      worker = await startWorker();
    }
    wave.push(id);
    if (realTime && wave.length < WAVE && i < points.length - 1) continue;
    await untilAllEnded(wave, 40);
    wave = [];
  }
  worker.kill('SIGKILL');
  const seen = await judgeRuns(sink, runs, checkpoints);
  return { points, runs, seen, missed, delays: await resumeDelays(moments) };
}

it('a worker that dies beside any of these commits loses and repeats nothing', async () => {
  const { points, runs, seen, missed } = await dieAtEach(
    await plain(ada, sink),
    (all) => {
      const last = all.filter((p) => p.statement === 'journal' && p.when === 'after').length;
      return SHORT.map((text) => parseFailpoint(text.replace('last', String(last))));
    },
    false,
  );
  expect(seen).toMatchObject({ lost: 0, repeated: 0 });
  expect(missed).toEqual([]);
  expect(seen.doubled).toBeLessThanOrEqual(points.length);
  if (!LONG) summarise('death beside a commit, two writes', runs.length, seen);
});

/** Every statement that a run sends is a place to die at; notices, which carry nothing to lose, only in the first. */
if (LONG) {
  const all = () => true;
  const commits = (point: Failpoint) => point.statement !== 'notify';
  const workloads = [
    { create: plain, choose: all, realTime: true },
    { create: looping, choose: commits, realTime: true },
    { create: nested, choose: commits, realTime: true },
    { create: retrying, choose: commits, realTime: true },
    { create: waiting, choose: commits, realTime: false }, // five seconds in each life: the clock is tested by the others
  ];
  for (const { create, choose, realTime } of workloads) {
    it(`a worker may die beside every commit of a run (${create.name})`, async () => {
      const workload = await create(ada, sink);
      const found = await dieAtEach(workload, (points) => points.filter(choose), realTime);
      const { points, runs, seen, missed, delays } = found;
      expect(seen).toMatchObject({ lost: 0, repeated: 0 });
      // a batch more or less is a matter of milliseconds, so a run may have one statement less than the one before
      expect(missed.length).toBeLessThanOrEqual(points.length / 5);
      expect(seen.doubled).toBeLessThanOrEqual(points.length);
      if (realTime) expect(percentile(delays, 1)).toBeLessThan(30);
      const places = `${points.length - missed.length} places`;
      summarise(
        `death beside every commit, ${workload.name} (${places})`,
        runs.length,
        seen,
        realTime ? delays : [],
      );
    }, 600_000);
  }
}
