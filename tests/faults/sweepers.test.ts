import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { createLeases } from '#server/executions/lease.ts';
import { sweep } from '#server/executions/sweep.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import {
  createStarter,
  expectSoundJournal,
  rowsOf,
  twoWrites,
  untilAllEnded,
  verdict,
} from '../support/workload.ts';

ownDatabase();

const RUNS = scale(40, 400);
const SWEEPERS = scale(5, 10);
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

it(`${SWEEPERS} sweepers at once put each expired execution back exactly once`, async () => {
  const start = await createStarter(ada, twoWrites(sink, 'swept'));
  const accepted = await Promise.all(Array.from({ length: RUNS }, () => start()));
  const ids = accepted.map((a) => a.executionId);
  const gone = createLeases('a worker that is gone', ['realtime', 'standard', 'heavy']);
  const { leases } = await gone.claim(RUNS, RUNS);
  expect(leases.map((lease) => lease.id).sort()).toEqual([...ids].sort());
  await getPool().query(`update active_execution set lease_expires_at = now() - interval '1 second'`);

  const results = await Promise.all(Array.from({ length: SWEEPERS }, () => sweep()));
  expect(results.reduce((sum, r) => sum + r.requeued, 0)).toBe(RUNS);
  expect(results.flatMap((r) => r.crashed)).toEqual([]);
  const rows = await rowsOf(ids);
  expect(rows.every((row) => row.status === 'queued' && row.crashes === 1)).toBe(true);

  await fleet.start();
  const ended = await untilAllEnded(ids, 20);
  expect(ended.every((row) => row.status === 'completed')).toBe(true);
  for (const id of ids) await expectSoundJournal(id);
  const seen = verdict(sink, ids);
  expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
  summarise(`${SWEEPERS} sweepers at once`, RUNS, seen);
});
