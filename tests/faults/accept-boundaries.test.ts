import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import type { NewExecution } from '#server/executions/accept.ts';
import type { AcceptOrder, Answer } from '../support/accepter.ts';
import { ownDatabase } from '../support/database.ts';
import type { Verdict } from '../support/evidence.ts';
import { arm, parseFailpoint } from '../support/failpoints.ts';
import { createFleet, isAlive, launch, whenGone } from '../support/fleet.ts';
import { createPerson, type Person } from '../support/people.ts';
import { summarise } from '../support/report.ts';
import { scale } from '../support/scale.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { createStarter, createWorkflow, twoWrites, untilAllEnded, verdict } from '../support/workload.ts';

ownDatabase();

const POINTS = scale(
  ['accept:before:1', 'accept:after:1', 'accept:before:2', 'accept:after:2'],
  [1, 2, 3, 4, 5].flatMap((n) => [`accept:before:${n}`, `accept:after:${n}`]),
);
/** A statement takes 200, so that some are answered before the process dies. */
const DELIVERIES = scale(210, 1000);
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

/** Lets a process take these deliveries until it dies at the point; gives what it had answered by then. */
async function acceptUntilDeath(point: string, deliveries: NewExecution[]): Promise<Answer[]> {
  const accepter = launch('tests/support/accepter.ts', { failpoints: true });
  try {
    await once(accepter, 'message');
    const answers: Answer[] = [];
    accepter.on('message', (message: { answer?: Answer }) => {
      if (message.answer) answers.push(message.answer);
    });
    await arm(accepter, parseFailpoint(point));
    accepter.send({ accept: deliveries } satisfies AcceptOrder);
    await whenGone(accepter);
    expect(accepter.signalCode).toBe('SIGKILL');
    return answers;
  } finally {
    if (isAlive(accepter)) accepter.kill('SIGKILL');
  }
}

it(
  'a process that dies beside its accept statement has kept what it answered, and a redelivery is one execution',
  async () => {
    const file = twoWrites(sink, 'accepted');
    const version = await createWorkflow(ada, file);
    const start = await createStarter(ada, file);
    const ids: string[] = [];
    for (const point of POINTS) {
      const keys = Array.from({ length: DELIVERIES }, (_, i) => `webhook:hook:${point}:${i}`);
      const answers = await acceptUntilDeath(
        point,
        keys.map((deliveryKey) => ({
          ...version,
          workspaceId: ada.workspaceId,
          mode: 'webhook',
          trigger: { nodeId: 'start', items: [{ json: {} }] },
          deliveryKey,
        })),
      );
      const { rows } = await getPool().query<{ key: string; id: string }>(
        `select d.key, d.execution_id as id from delivery d
         join execution e on e.id = d.execution_id join active_execution a on a.execution_id = d.execution_id
       where d.key = any($1)`,
        [keys],
      );
      const stored = new Map(rows.map((row) => [row.key, row.id]));
      for (const { deliveryKey, accepted } of answers)
        expect(stored.get(deliveryKey)).toBe(accepted.executionId);
      const [, when, nth] = point.split(':');
      // a statement takes many, and those of the ones before the last are answered
      expect(stored.size > 0).toBe(when === 'after' || Number(nth) > 1);
      expect(stored.size).toBeGreaterThanOrEqual(answers.length);

      const again = await Promise.all(keys.map((key) => start(key)));
      for (const [i, { executionId, fresh }] of again.entries()) {
        expect(fresh).toBe(!stored.has(keys[i]!));
        expect(executionId).toBe(stored.get(keys[i]!) ?? executionId);
      }
      ids.push(...again.map((a) => a.executionId));
    }
    expect(new Set(ids).size).toBe(POINTS.length * DELIVERIES);
    const { rows } = await getPool().query<{ n: number }>('select count(*)::int as n from execution');
    expect(rows[0]?.n).toBe(ids.length);

    await fleet.start();
    const ended = await untilAllEnded(ids, scale(60, 240)); // each makes two writes, one by one
    expect(ended.every((row) => row.status === 'completed')).toBe(true);
    const seen: Verdict = verdict(sink, ids);
    expect(seen).toEqual({ lost: 0, doubled: 0, repeated: 0 });
    summarise('death beside an accept statement', ids.length, seen);
  },
  scale(60_000, 480_000),
);
