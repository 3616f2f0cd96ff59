import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowSchema } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { db, getPool } from '#server/db.ts';
import type { AppError } from '#server/errors.ts';
import { acceptExecution, type NewExecution } from '#server/executions/accept.ts';
import { fireDueSchedules } from '#server/triggers/schedule.ts';
import { flushApiCalls } from '#server/usage/api-calls.ts';
import { openPeriods } from '#server/usage/periods.ts';
import { COUNTED_MODES } from '#server/usage/policy.ts';
import { countStorage } from '#server/usage/storage.ts';
import { watchUsage } from '#server/usage/watch.ts';
import type { AcceptOrder, Answer, Refused } from './support/accepter.ts';
import { ownDatabase } from './support/database.ts';
import { end, launch } from './support/fleet.ts';
import { startFrontDoor } from './support/front-door.ts';
import { createPerson, type Person } from './support/people.ts';
import { restOf } from './support/rest-calls.ts';
import { publishWebhook, sendJson } from './support/webhook-calls.ts';
import { edges, node } from './support/workflows.ts';
import { createWorkflow } from './support/workload.ts';

ownDatabase();

let ada: Person;
beforeAll(async () => {
  ada = await createPerson('Ada');
});

const FILE = { name: 'Counted', nodes: [node('start', 'manual-trigger')], edges: [] };

/** Somebody with a workspace whose month has room for so many. */
async function withRoom(room: number | null): Promise<{ person: Person; one: NewExecution }> {
  const person = await createPerson('Room');
  const version = await createWorkflow(person, FILE);
  await openPeriods([person.workspaceId]);
  await setRoom(person, room);
  const trigger = { nodeId: 'start', items: [{ json: {} }] };
  return { person, one: { workspaceId: person.workspaceId, ...version, mode: 'webhook', trigger } };
}
const setRoom = ({ workspaceId }: Person, included: number | null) =>
  db().usagePeriod.updateMany({ where: { workspaceId }, data: { included } });
const period = ({ workspaceId }: Person) => db().usagePeriod.findFirstOrThrow({ where: { workspaceId } });
const countedRows = ({ workspaceId }: Person) =>
  db().execution.count({ where: { workspaceId, mode: { in: COUNTED_MODES } } });
const countedDays = async ({ workspaceId }: Person) =>
  (await db().usageDay.aggregate({ where: { workspaceId }, _sum: { executions: true } }))._sum.executions ??
  0;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: AppError) => error.code,
  );

describe('starts in parallel', () => {
  const ROUNDS = 20;
  const STARTS = 200;
  const LAST = 50;
  const processes: ChildProcess[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 3; i++) processes.push(launch('tests/support/accepter.ts'));
    await Promise.all(processes.map((process) => once(process, 'message')));
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => end(process, 'SIGTERM')));
  });

  /** From several processes at once, and what became of each. */
  async function startAll(starts: NewExecution[]): Promise<{ accepted: Answer[]; refused: Refused[] }> {
    const accepted: Answer[] = [];
    const refused: Refused[] = [];
    const done = Promise.withResolvers<void>();
    const listen = (message: { answer?: Answer; refused?: Refused }) => {
      if (message.answer) accepted.push(message.answer);
      if (message.refused) refused.push(message.refused);
      if (accepted.length + refused.length === starts.length) done.resolve();
    };
    for (const process of processes) process.on('message', listen);
    for (const [i, process] of processes.entries())
      process.send({
        accept: starts.filter((_start, n) => n % processes.length === i),
      } satisfies AcceptOrder);
    await done.promise;
    for (const process of processes) process.off('message', listen);
    return { accepted, refused };
  }

  it(`${STARTS} at the last ${LAST} of a plan, ${ROUNDS} times: never over, none lost, counters equal executions`, async () => {
    const { person, one } = await withRoom(1_000);
    for (let round = 1; round <= ROUNDS; round++) {
      const before = (await period(person)).used;
      await setRoom(person, before + LAST);
      const { accepted, refused } = await startAll(
        Array.from({ length: STARTS }, () => ({ ...one, deliveryKey: newId() })),
      );
      expect({ accepted: accepted.length, refused: refused.length }).toEqual({
        accepted: LAST,
        refused: STARTS - LAST,
      });
      expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['TOO_MANY_REQUESTS']));
      const stored = await db().execution.count({
        where: { id: { in: accepted.map((answer) => answer.accepted.executionId) } },
      });
      expect(stored).toBe(LAST);
    }
    const { used } = await period(person);
    expect([used, await countedRows(person), await countedDays(person)]).toEqual(
      Array(3).fill(ROUNDS * LAST),
    );
    const listed = await person.caller().usage.refused();
    expect(listed).toMatchObject([{ mode: 'webhook', reason: 'plan', count: ROUNDS * (STARTS - LAST) }]);
    expect(await db().delivery.count({ where: { workspaceId: person.workspaceId } })).toBe(ROUNDS * LAST);
  });

  it('the first starts of a month, from several processes at once, open it once', async () => {
    const { person, one } = await withRoom(null);
    await db().usagePeriod.deleteMany({ where: { workspaceId: person.workspaceId } });
    const { accepted } = await startAll(Array.from({ length: 90 }, () => ({ ...one, deliveryKey: newId() })));
    expect(accepted).toHaveLength(90);
    expect(await db().usagePeriod.findMany({ where: { workspaceId: person.workspaceId } })).toMatchObject([
      { used: 90 },
    ]);
  });

  it('a month that ends meanwhile: every start is counted in one of the two', async () => {
    const { person, one } = await withRoom(null);
    const { workspaceId } = person;
    await db().workspace.update({
      where: { id: workspaceId },
      data: { usageAnchor: new Date(Date.now() + 300) },
    });
    await db().usagePeriod.updateMany({
      where: { workspaceId },
      data: { endsAt: new Date(Date.now() + 300) },
    });
    const starts = () => startAll(Array.from({ length: 60 }, () => ({ ...one, deliveryKey: newId() })));
    let started = 0;
    do started += (await starts()).accepted.length;
    while ((await db().usagePeriod.count({ where: { workspaceId } })) < 2);
    started += (await starts()).accepted.length;
    const [first, second] = await db().usagePeriod.findMany({
      where: { workspaceId },
      orderBy: { startsAt: 'asc' },
    });
    expect(second!.startsAt).toEqual(first!.endsAt);
    expect(first!.used + second!.used).toBe(started);
    for (const { startsAt, endsAt, used } of [first!, second!]) {
      const queuedAt = { gte: startsAt, lt: endsAt };
      expect(await db().execution.count({ where: { workspaceId, queuedAt } })).toBe(used);
    }
  });
});

describe('what counts', () => {
  it('a redelivery costs nothing and is answered even when all is used up', async () => {
    const { person, one } = await withRoom(1);
    const first = await acceptExecution({ ...one, deliveryKey: 'twice' });
    const together = [1, 2, 3].map(() => acceptExecution({ ...one, deliveryKey: 'twice' }));
    for (const again of await Promise.all(together))
      expect(again).toEqual({ executionId: first.executionId, fresh: false });
    expect(await codeOf(acceptExecution({ ...one, deliveryKey: 'new' }))).toBe('TOO_MANY_REQUESTS');
    // refused is not delivered: when there is room again, the same delivery starts
    await setRoom(person, 2);
    expect(await codeOf(acceptExecution({ ...one, deliveryKey: 'new' }))).toBe('accepted');
    expect((await period(person)).used).toBe(2);
  });

  it('the same new delivery twice at once is one, and refused twice when there is no room', async () => {
    const { person, one } = await withRoom(0);
    const twice = (key: string) =>
      Promise.all([1, 2].map(() => codeOf(acceptExecution({ ...one, deliveryKey: key }))));
    expect(await twice('a')).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
    await setRoom(person, 1);
    expect(await twice('a')).toEqual(['accepted', 'accepted']);
    expect(await countedRows(person)).toBe(1);
  });

  it('runs by hand, sub-workflows, error workflows and retries go on without room, and are not counted', async () => {
    const { person, one } = await withRoom(0);
    for (const mode of ['manual', 'sub-workflow', 'error', 'retry'] as const)
      expect(await codeOf(acceptExecution({ ...one, mode }))).toBe('accepted');
    expect((await period(person)).used).toBe(0);
    for (const mode of ['webhook', 'schedule', 'email'] as const)
      expect(await codeOf(acceptExecution({ ...one, mode }))).toBe('TOO_MANY_REQUESTS');
    expect(await codeOf(acceptExecution({ ...one, mode: 'api' }))).toBe('PAYMENT_REQUIRED');
  });

  it('credit and what is paid for come on top', async () => {
    const { person, one } = await withRoom(1);
    await db().usagePeriod.updateMany({
      where: { workspaceId: person.workspaceId },
      data: { credit: 1, overage: 1 },
    });
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push(await codeOf(acceptExecution(one)));
    expect(codes).toEqual(['accepted', 'accepted', 'accepted', 'TOO_MANY_REQUESTS']);
  });

  it('by day, workflow and member: who asked for it, else who published', async () => {
    const person = await createPerson('Grace');
    const call = await restOf(person);
    const { body } = await call<{ id: string }>('POST', '/workflows', {
      name: 'By member',
      nodes: [node('hook', 'webhook-trigger'), node('a', 'no-op')],
      edges: edges('hook>a'),
    });
    await call('POST', `/workflows/${body.id}/activate`);
    expect((await call('POST', `/workflows/${body.id}/execute`, {})).status).toBe(200);
    await flushApiCalls();
    const usage = await person.caller().usage.get();
    expect(usage.days.at(-1)).toMatchObject({ executions: 1, apiCalls: 3 });
    expect(await person.caller().usage.byWorkflow()).toMatchObject([
      { workflowId: body.id, name: 'By member', executions: 1, budget: null },
    ]);
    expect(await person.caller().usage.byMember()).toEqual([
      { userId: person.userId, name: 'Grace', executions: 1 },
    ]);
  });
});

describe('over the limit', () => {
  it('a webhook is answered with 429 and when to try again, and listed', async () => {
    const person = await createPerson('Hook');
    const door = await startFrontDoor();
    try {
      const { url, id: workflowId } = await publishWebhook(person, door.origin);
      expect((await sendJson(url, { n: 1 })).status).toBe(202);
      await setRoom(person, 1);
      const refused = await sendJson(url, { n: 2 });
      expect(refused.status).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(await person.caller().usage.refused()).toMatchObject([
        { workflowId, mode: 'webhook', reason: 'plan', count: 1 },
      ]);
    } finally {
      await door.close();
    }
  });

  it('a start by API is answered with 402 and what to buy', async () => {
    const person = await createPerson('Api');
    await db().workspace.update({ where: { id: person.workspaceId }, data: { plan: 'free' } });
    const call = await restOf(person);
    const { body } = await call<{ id: string }>('POST', '/workflows', FILE);
    await call('POST', `/workflows/${body.id}/activate`);
    await openPeriods([person.workspaceId]);
    await setRoom(person, 0);
    const answer = await call<{ detail: string }>('POST', `/workflows/${body.id}/execute`, {});
    expect(answer.status).toBe(402);
    expect(answer.body).toMatchObject({ limit: 'executionsPerMonth', plan: 'free', upgradeTo: 'pro' });
    expect(answer.body.detail).toMatch(
      /^This month’s executions are used up\. New ones come on \d{4}-\d\d-\d\d\./,
    );
  });

  it('a schedule is skipped and listed, and goes on when there is room', async () => {
    const person = await createPerson('Tick');
    const call = await restOf(person);
    const { body } = await call<{ id: string }>('POST', '/workflows', {
      name: 'Every minute',
      nodes: [
        node('clock', 'schedule-trigger', { rules: [{ unit: 'minutes', every: 1 }] }),
        node('a', 'no-op'),
      ],
      edges: edges('clock>a'),
    });
    expect((await call('POST', `/workflows/${body.id}/activate`)).status).toBe(200);
    await openPeriods([person.workspaceId]);
    await setRoom(person, 0);
    const tick = async () => {
      await getPool().query(
        `update "trigger" set next_run_at = now() - interval '1 second' where workflow_id = $1`,
        [body.id],
      );
      await fireDueSchedules(Date.now());
      return countedRows(person);
    };
    expect(await tick()).toBe(0);
    const [trigger] = await db().trigger.findMany({ where: { workflowId: body.id } });
    expect(trigger!.nextRunAt!.getTime()).toBeGreaterThan(Date.now());
    expect(trigger!.lastRunAt).toBeNull();
    expect(await person.caller().usage.refused()).toMatchObject([{ mode: 'schedule', count: 1 }]);
    await setRoom(person, 1);
    expect(await tick()).toBe(1);
    // the first tick of a new month opens it
    await db().usagePeriod.deleteMany({ where: { workspaceId: person.workspaceId } });
    expect(await tick()).toBe(2);
    expect((await period(person)).used).toBe(1);
  });

  it('owners and admins hear of 80 and 100 % once each, however often and by however many it is looked', async () => {
    const { person, one } = await withRoom(10);
    const look = async () => {
      await Promise.all([watchUsage(), watchUsage()]);
      const mails = await db().outgoingMail.findMany({
        where: { to: person.email },
        orderBy: { createdAt: 'asc' },
      });
      return mails.map(({ subject }) => /^\d+ %/.exec(subject)?.[0]).filter(Boolean);
    };
    for (let i = 0; i < 7; i++) await acceptExecution(one);
    expect(await look()).toEqual([]);
    await acceptExecution(one);
    expect(await look()).toEqual(['80 %']);
    await acceptExecution(one);
    await acceptExecution(one);
    expect(await look()).toEqual(['80 %', '100 %']);
    expect(await look()).toEqual(['80 %', '100 %']);
  });
});

describe('the budget of a workflow', () => {
  it('is kept exactly, pauses the workflow and says so', async () => {
    const person = await createPerson('Budget');
    const door = await startFrontDoor();
    try {
      const { url, id: workflowId } = await publishWebhook(person, door.origin);
      await sendJson(url, {}); // counts, although it was before there was a budget
      await person.caller().usage.setBudget({ workflowId, budget: 5 });
      const statuses = await Promise.all(
        Array.from({ length: 10 }, async () => (await sendJson(url, {})).status),
      );
      expect(statuses.filter((status) => status === 202)).toHaveLength(4);
      expect(statuses.filter((status) => status === 429)).toHaveLength(6);
      await Promise.all([watchUsage(), watchUsage()]);
      expect(await person.caller().usage.byWorkflow()).toMatchObject([
        { workflowId, executions: 5, budget: 5, pausedBy: 'budget' },
      ]);
      const mails = await db().outgoingMail.findMany({
        where: { to: person.email, subject: { contains: 'paused' } },
      });
      expect(mails).toHaveLength(1);
      // the month of usage goes on, and so does the workflow with a larger budget
      await person.caller().usage.setBudget({ workflowId, budget: 6 });
      await person.caller().workflows.saveDraft({
        id: workflowId,
        draft: workflowSchema.parse(FILE), // not published: what was live goes on
      });
      await person.caller().workflows.resume({ id: workflowId });
      const after = [await sendJson(url, {}), await sendJson(url, {})];
      expect(after.map(({ status }) => status)).toEqual([202, 429]);
    } finally {
      await door.close();
    }
  });

  it('counts what the month has seen, not the rest of its first day', async () => {
    const { person, one } = await withRoom(null);
    for (let i = 0; i < 3; i++) await acceptExecution(one);
    await getPool().query(
      'update usage_period set starts_at = now(), used = 0 where workspace_id = $1 and ends_at > now()',
      [person.workspaceId],
    );
    for (let i = 0; i < 2; i++) await acceptExecution(one);
    await person.caller().usage.setBudget({ workflowId: one.workflowId, budget: 5 });
    const { used } = await db().workflowBudget.findUniqueOrThrow({ where: { workflowId: one.workflowId } });
    expect(used).toBe(2);
  });

  it('of another workspace cannot be set', async () => {
    const other = await createPerson('Other');
    const { workflowId } = await createWorkflow(ada, workflowSchema.parse(FILE));
    expect(await codeOf(other.caller().usage.setBudget({ workflowId, budget: 5 }))).toBe('NOT_FOUND');
  });
});

it('storage is counted by workspace, and is 0 again when all is deleted', async () => {
  const { workspaceId } = ada;
  const files = db().workspaceFile;
  const file = { workspaceId, mimeType: 'text/plain', key: 'k' };
  await files.createMany({
    data: [
      { ...file, path: 'a', sizeBytes: 1_000 },
      { ...file, path: 'b', sizeBytes: 500 },
    ],
  });
  await countStorage();
  expect((await ada.caller().usage.get()).storageBytes).toBe(1_500);
  await files.deleteMany({ where: { workspaceId } });
  await countStorage();
  expect((await ada.caller().usage.get()).storageBytes).toBe(0);
});
