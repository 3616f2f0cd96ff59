import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import { arm, parseFailpoint, reached } from '../support/failpoints.ts';
import { createFleet, isAlive } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { createStarter, expectSoundJournals, rowsOf, twoWrites, verdict } from '../support/workload.ts';

ownDatabase();

/** The statement was done and nobody was told, or it was never sent; the worker lives on. */
const POINTS = scale(
  ['claim:after:1', 'version:before:1', 'journal:before:2', 'journal:after:1', 'journal:after:2'],
  ['claim', 'version', 'journal', 'notify'].flatMap((name) =>
    [1, 2, 3, 4].flatMap((nth) =>
      nth > 1 && ['claim', 'version'].includes(name) ? [] : [`${name}:before:${nth}`, `${name}:after:${nth}`],
    ),
  ),
);
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

it('a worker that loses the connection beside a statement leaves nothing lying about', async () => {
  const checkpoints = watchCheckpoints(sink);
  const worker = await fleet.start({ failpoints: true });
  const ids: string[] = [];
  for (const [i, point] of POINTS.entries()) {
    const start = await createStarter(ada, twoWrites(sink, `cut${i}`)); // each has a version to read
    const cut = reached(worker);
    await arm(worker, parseFailpoint(`${point}:cut`));
    ids.push((await start()).executionId);
    await cut;
    await checkpoints.look();
  }
  const began = Date.now();
  const statuses = async () => {
    const rows = new Map((await rowsOf(ids)).map((row) => [row.id, row.status]));
    return Object.fromEntries(POINTS.map((point, i) => [point, rows.get(ids[i]!)]));
  };
  // the heartbeat must not keep a lease that nobody works for
  await expect
    .poll(statuses, { timeout: 40_000 })
    .toEqual(Object.fromEntries(POINTS.map((p) => [p, 'completed'])));
  expect(isAlive(worker)).toBe(true);
  await expectSoundJournals(ids);
  const seen = verdict(sink, ids, checkpoints);
  expect(seen).toMatchObject({ lost: 0, repeated: 0 });
  summarise('the connection cut beside a statement', ids.length, seen, [(Date.now() - began) / 1000]);
}, 120_000);
