import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { readEventsOf } from '#server/executions/journal.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { percentile, summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { edges, node } from '../support/workflows.ts';
import { createStarter, rowsOf, untilAllEnded } from '../support/workload.ts';

ownDatabase();

const FLOOD = scale(2_000, 10_000);
/** Alone, and again beside the flood. */
const PROBES = scale(50, 200);
const PACE_MS = 30;
/** With these slots the flood takes far longer than a start may: first come, first served would not do. */
const SLOTS = scale(20, 40);
const FLOOD_SECONDS = 0.3;
/** Twice as long as alone, and never more than five seconds; of less than a second, twice is noise. */
const boundSeconds = (alone: number) => Math.min(5, Math.max(1, 2 * alone));
let ada: Person;
let bob: Person;
const fleet = createFleet();
beforeAll(async () => {
  [ada, bob] = [await createPerson('Ada'), await createPerson('Bob')];
});
afterAll(() => fleet.close());

/** Seconds from `queuedAt` to the first `node.started`, by their own time stamps. */
async function startDelays(ids: readonly string[]): Promise<number[]> {
  const { rows } = await getPool().query<{ id: string; queued_at: Date }>(
    'select id, queued_at from execution where id = any($1::uuid[])',
    [ids],
  );
  const journals = await readEventsOf(ids);
  return rows.map((row) => {
    const started = journals.get(row.id)!.find((e) => e.type === 'node.started')!;
    return (started.at - row.queued_at.getTime()) / 1000;
  });
}

it(
  `a workspace that floods ${FLOOD} executions does not delay the starts of another one`,
  async () => {
    const flood = await createStarter(ada, {
      name: 'flood',
      nodes: [
        node('start', 'manual-trigger'),
        node('wait', 'wait', { amount: FLOOD_SECONDS, unit: 'seconds' }),
        node('end', 'no-op'),
      ],
      edges: edges('start>wait', 'wait>end'),
    });
    const probe = await createStarter(bob, {
      name: 'probe',
      nodes: [node('start', 'manual-trigger'), node('end', 'no-op')],
      edges: edges('start>end'),
    });
    await fleet.start({ env: { LINKFLOW_WORKER_CONCURRENCY: String(SLOTS) } });
    const measure = async () => {
      const ids: string[] = [];
      for (let i = 0; i < PROBES; i++) {
        ids.push((await probe()).executionId);
        await new Promise((resolve) => setTimeout(resolve, PACE_MS)); // whether the one before has started or not
      }
      await untilAllEnded(ids, 60);
      return startDelays(ids);
    };
    await untilAllEnded([(await probe()).executionId], 10); // the version is read and the code warm
    const alone = await measure();
    const flooded = await Promise.all(Array.from({ length: FLOOD }, () => flood()));
    const beside = await measure();

    expect(alone).toHaveLength(PROBES);
    expect(beside).toHaveLength(PROBES);
    const [before, during] = [percentile(alone, 0.95), percentile(beside, 0.95)];
    console.log(`p95 of a start: alone ${before.toFixed(3)} s, beside the flood ${during.toFixed(3)} s`);
    expect(during).toBeLessThan(boundSeconds(before));
    const rows = await rowsOf(flooded.map((a) => a.executionId));
    const left = rows.filter((row) => row.status === 'queued').length;
    expect(left).toBeGreaterThan(FLOOD / 4); // it was there all the time
    summarise(
      `another workspace floods ${FLOOD} (delay of a start)`,
      PROBES,
      { lost: 0, doubled: 0, repeated: 0 },
      beside,
    );
  },
  scale(60_000, 180_000),
);
