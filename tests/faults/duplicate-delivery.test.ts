import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { createStarter, twoWrites, untilAllEnded, verdict } from '../support/workload.ts';

ownDatabase();

const IDS = scale(50, 500);
const TIMES = 5;
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

it(`${IDS} delivery ids, each delivered five times at once, are ${IDS} executions`, async () => {
  const start = await createStarter(ada, twoWrites(sink, 'delivered'));
  await fleet.start();
  const deliveries = Array.from({ length: IDS * TIMES }, (_, i) => `webhook:hook:${i % IDS}`);
  const accepted = await Promise.all(deliveries.map((key) => start(key)));
  const later = await Promise.all(deliveries.slice(0, IDS).map((key) => start(key)));
  const ids = [...new Set([...accepted, ...later].map((a) => a.executionId))];
  expect(ids).toHaveLength(IDS);
  expect(accepted.filter((a) => a.fresh)).toHaveLength(IDS);
  expect(later.filter((a) => a.fresh)).toHaveLength(0);

  const ended = await untilAllEnded(ids, 30);
  expect(ended.every((row) => row.status === 'completed')).toBe(true);
  const { rows } = await getPool().query<{ n: number }>('select count(*)::int as n from execution');
  expect(rows[0]?.n).toBe(IDS);
  expect([sink.count('/delivered/first'), sink.count('/delivered/second')]).toEqual([IDS, IDS]);
  expect(sink.perKey().size).toBe(IDS * 2);
  const seen = verdict(sink, ids);
  expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
  summarise('each delivery five times at once', IDS, seen);
});
