import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { readEvents } from '#server/executions/journal.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet, end } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
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

ownDatabase();

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

const beats = async () => (await getPool().query('select 1 from worker_process')).rowCount;

it('a worker that was frozen for longer than its lease writes nothing when it wakes', async () => {
  const [startEnded, startRunning] = await Promise.all([
    createStarter(ada, twoWrites(sink, 'ended')),
    createStarter(ada, twoWrites(sink, 'running')),
  ]);
  const frozen = await fleet.start();
  const answerEnded = sink.hold('/ended/first');
  const answerRunning = sink.hold('/running/first');
  const finishRunning = sink.hold('/running/second');
  const { executionId: ended } = await startEnded();
  const { executionId: running } = await startRunning();
  await Promise.all([sink.called('/ended/first'), sink.called('/running/first')]);
  frozen.kill('SIGSTOP');
  const began = Date.now();

  await fleet.start();
  await Promise.all([sink.called('/ended/first', 2), sink.called('/running/first', 2)]);
  const recovery = (Date.now() - began) / 1000;
  answerEnded();
  answerRunning();
  await untilAllEnded([ended], 10);
  await sink.called('/running/second'); // the second worker is in the middle of this one
  const before = { ended: await readEvents(ended), running: await readEvents(running) };

  frozen.kill('SIGCONT');
  await until('the woken worker beats', 15, async () => (await beats()) === 2);
  expect(await end(frozen, 'SIGTERM')).toBe(0); // it has done all that it was going to do
  expect(await readEvents(ended)).toEqual(before.ended);
  expect(await readEvents(running)).toEqual(before.running);
  finishRunning();
  const rows = await untilAllEnded([ended, running], 10);

  expect(rows.map((row) => row.status)).toEqual(['completed', 'completed']);
  for (const id of [ended, running]) await expectSoundJournal(id);
  expect([sink.count('/ended/first'), sink.count('/ended/second')]).toEqual([2, 1]);
  expect([sink.count('/running/first'), sink.count('/running/second')]).toEqual([2, 1]);
  expect(sink.perKey().size).toBe(4); // what was repeated came under the same key
  const seen = verdict(sink, [ended, running]);
  expect(seen).toEqual({ lost: 0, doubled: 2, repeated: 0 });
  expect(recovery).toBeLessThan(30);
  summarise('frozen worker', 2, seen, recovery);
});
