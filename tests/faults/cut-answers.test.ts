import { afterAll, beforeAll, expect, it } from 'vitest';
import { judgeRuns } from '../support/boundary-run.ts';
import { type BoundaryWorkload, nested, plain } from '../support/boundary-workloads.ts';
import { ownDatabase } from '../support/database.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import { arm, parseFailpoint, reached } from '../support/failpoints.ts';
import { createFleet, isAlive } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { rowsOf, storiesOf } from '../support/workload.ts';

ownDatabase();

/** The statement was done and nobody was told, or it was never sent; the worker lives on. */
const OF_TWO_WRITES = scale(
  ['claim:after:1', 'version:before:1', 'journal:before:2', 'journal:after:1', 'journal:after:2'],
  [
    ...both('claim', 1),
    ...both('version', 1),
    ...[1, 2, 3, 4].flatMap((nth) => [...both('journal', nth), ...both('notify', nth)]),
  ],
);
const OF_SUB_WORKFLOWS = scale(
  ['accept:before:1', 'accept:after:1'],
  [
    ...['accept', 'wake', 'events'].flatMap((name) => both(name, 1)),
    ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((nth) => both('journal', nth)),
  ],
);
function both(statement: string, nth: number): string[] {
  return [`${statement}:before:${nth}`, `${statement}:after:${nth}`];
}

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
  'a worker that loses the connection beside a statement leaves nothing lying about',
  async () => {
    const checkpoints = watchCheckpoints(sink);
    const worker = await fleet.start({ failpoints: true });
    const runs: { point: string; workload: BoundaryWorkload; id: string; writes: number }[] = [];
    for (const [create, points, writes] of [
      [plain, OF_TWO_WRITES, 2],
      [nested, OF_SUB_WORKFLOWS, 3],
    ] as const) {
      for (const point of points) {
        const workload = await create(ada, sink); // each has a version to read
        const cut = reached(worker);
        await arm(worker, parseFailpoint(`${point}:cut`));
        const { executionId: id } = await workload.start();
        await cut;
        await checkpoints.look();
        runs.push({ point: `${workload.name} ${point}`, workload, id, writes });
      }
    }
    const began = Date.now();
    const ids = runs.map((run) => run.id);
    const notCompleted = async () => {
      const rows = (await rowsOf(ids)).filter((row) => row.status !== 'completed');
      const stories = await storiesOf(rows);
      return rows.map(({ id }, i) => `${runs.find((run) => run.id === id)!.point}: ${stories[i]}`);
    };
    // the heartbeat must not keep a lease that nobody works for
    await expect.poll(notCompleted, { timeout: 40_000 }).toEqual([]);
    expect(isAlive(worker)).toBe(true);
    const seen = await judgeRuns(sink, runs, checkpoints);
    expect(seen).toMatchObject({ lost: 0, repeated: 0 });
    summarise('the connection cut beside a statement', ids.length, seen, [(Date.now() - began) / 1000]);
  },
  scale(90_000, 240_000),
);
