import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEventsOf } from '#server/executions/journal.ts';
import { ownDatabase } from '../support/database.ts';
import { watchCheckpoints } from '../support/evidence.ts';
import { createFleet, end } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { until } from '../support/until.ts';
import { edges, node, post } from '../support/workflows.ts';
import { createStarter, expectSoundJournals, rowsOf, untilAllEnded, verdict } from '../support/workload.ts';

ownDatabase();

/** Longer than what a worker sleeps through in memory, each a little longer than the one before. */
const SECONDS = scale(
  [6.5, 7, 7.5, 8],
  Array.from({ length: 40 }, (_, i) => 6 + i),
);
const BOUND_SECONDS = 5;
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
  'a wait survives the end of every worker, and never fires early or more than five seconds late',
  async () => {
    const checkpoints = watchCheckpoints(sink);
    let worker = await fleet.start();
    const ids: string[] = [];
    for (const seconds of SECONDS) {
      const start = await createStarter(ada, {
        name: `wait ${seconds}`,
        nodes: [
          node('start', 'manual-trigger'),
          post('first', `${sink.url}/first`),
          node('wait', 'wait', { amount: seconds, unit: 'seconds' }),
          post('second', `${sink.url}/second`),
        ],
        edges: edges('start>first', 'first>wait', 'wait>second'),
      });
      ids.push((await start()).executionId);
    }
    await until('all asleep', 20, async () => (await rowsOf(ids)).every((row) => row.status === 'waiting'));
    await end(worker, 'SIGKILL');
    await checkpoints.look();
    worker = await fleet.start();
    await end(worker, 'SIGTERM');
    worker = await fleet.start();
    await sink.called('/second', Math.ceil(ids.length / 2));
    const next = fleet.start(); // a deploy in the middle of it
    await end(worker, 'SIGTERM');
    await next;
    await untilAllEnded(ids, 60);

    await expectSoundJournals(ids);
    const untils = new Map<string, number>();
    for (const [id, events] of await readEventsOf(ids)) {
      for (const e of events) if (e.type === 'node.waiting') untils.set(id, e.until!);
    }
    const late = sink.calls
      .filter((call) => call.path === '/second')
      .map((call) => (call.at - untils.get(call.idempotencyKey!.split(':')[0]!)!) / 1000);
    expect(late).toHaveLength(ids.length);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(BOUND_SECONDS);
    const seen = verdict(sink, ids, checkpoints);
    expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
    summarise('workers replaced during waits (how late they fire)', ids.length, seen, late);
  },
  scale(60_000, 180_000),
);
