import { beforeAll, describe, expect, it } from 'vitest';
import { scopeForApiKey } from '#server/auth/scopes.ts';
import { db, getPool } from '#server/db.ts';
import type { AppError } from '#server/errors.ts';
import { applyPlan } from '#server/plans/apply.ts';
import { DAYS_TO_EXPORT, PLANS, type PlanKey } from '#server/plans/schema.ts';
import { watchPlans } from '#server/plans/watch.ts';
import { fireDueSchedules, nextRun } from '#server/triggers/schedule.ts';
import { openPeriods } from '#server/usage/periods.ts';
import { monthOf } from '#server/usage/policy.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { edges, node } from './support/workflows.ts';

ownDatabase();

let operator: Person;
beforeAll(async () => {
  operator = await createPerson('Operator'); // the first one
});

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: AppError) => error.code,
  );
const setPlan = (person: Person, plan: PlanKey | null) =>
  operator.caller().admin.setPlan({ id: person.workspaceId, plan });

/** A workflow with this trigger, published. */
async function publish(person: Person, name: string, trigger = node('hook', 'webhook-trigger')) {
  const { id } = await person.caller().workflows.create({
    name,
    workflow: { nodes: [trigger, node('a', 'no-op')], edges: edges(`${trigger.id}>a`) },
  });
  await person.caller().workflows.activate({ id });
  return id;
}
const every = (amount: number, unit: 'seconds' | 'minutes') =>
  node('clock', 'schedule-trigger', { rules: [{ unit, every: amount }] });
const activeOnes = async ({ workspaceId }: Person) =>
  (
    await db().workflow.findMany({
      where: { workspaceId, active: true },
      orderBy: { createdAt: 'asc' },
      select: { name: true },
    })
  ).map(({ name }) => name);

async function join(person: Person, name: string, role: 'admin' | 'member' | 'viewer') {
  const other = await createPerson(name);
  await db().member.create({ data: { workspaceId: person.workspaceId, userId: other.userId, role } });
  return other;
}

describe('active workflows', () => {
  it('more than the plan has cannot be published, not even at the same moment', async () => {
    const ada = await createPerson('Ada');
    await setPlan(ada, 'free');
    for (let i = 1; i <= 4; i++) await publish(ada, `${i}`);
    const codes = await Promise.all(['5', '6', '7'].map((name) => codeOf(publish(ada, name))));
    expect(codes.sort()).toEqual(['PAYMENT_REQUIRED', 'PAYMENT_REQUIRED', 'done']);
    expect(await activeOnes(ada)).toHaveLength(5);
    // one that is active may be published again
    const [row] = await db().workflow.findMany({ where: { workspaceId: ada.workspaceId, active: true } });
    await ada.caller().workflows.activate({ id: row!.id });
  });

  it('on a smaller plan the newest are paused, on a larger one they come back, but not what somebody turned off', async () => {
    const ada = await createPerson('Grow');
    const ids = [];
    for (let i = 1; i <= 8; i++) ids.push(await publish(ada, `${i}`));
    expect(
      (await ada.caller().plans.consequences({ plan: 'free' })).workflows.map(({ name }) => name),
    ).toEqual(['6', '7', '8']);
    await setPlan(ada, 'free');
    expect(await activeOnes(ada)).toEqual(['1', '2', '3', '4', '5']);
    const triggers = { workflowId: { in: ids.slice(5) } };
    expect(await db().trigger.count({ where: { ...triggers, active: true } })).toBe(0);
    await ada.caller().workflows.deactivate({ id: ids[7]! });
    await setPlan(ada, 'pro');
    expect(await activeOnes(ada)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(await db().trigger.count({ where: { ...triggers, active: true } })).toBe(2);
  });

  it('come back where there is room, and no others are put off for them', async () => {
    const ada = await createPerson('Room');
    const ids = [];
    for (let i = 1; i <= 7; i++) ids.push(await publish(ada, `${i}`));
    await setPlan(ada, 'free');
    await ada.caller().workflows.deactivate({ id: ids[0]! });
    await ada.caller().workflows.activate({ id: ids[6]! });
    expect(await activeOnes(ada)).toEqual(['2', '3', '4', '5', '7']);
    await db().$transaction((tx) => applyPlan(tx, ada.workspaceId));
    expect(await activeOnes(ada)).toEqual(['2', '3', '4', '5', '7']);
  });
});

describe('members', () => {
  it('beyond the seats are viewers until there is a seat for them', async () => {
    const ada = await createPerson('Owner');
    const people = [];
    for (const [name, role] of [
      ['Bo', 'admin'],
      ['Cy', 'member'],
      ['Di', 'member'],
      ['Ed', 'admin'],
    ] as const)
      people.push(await join(ada, name, role));
    const [bo, , di, ed] = people as [Person, Person, Person, Person];
    expect((await ada.caller().plans.consequences({ plan: 'free' })).members.map(({ name }) => name)).toEqual(
      ['Di', 'Ed'],
    );
    await setPlan(ada, 'free');
    const mayCreate = (person: Person) =>
      codeOf(person.caller(ada.workspaceId).workflows.create({ name: 'Mine' }));
    expect(await mayCreate(bo)).toBe('done');
    expect([await mayCreate(di), await mayCreate(ed)]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const { workspaces } = await ed.caller().accounts.me();
    expect(workspaces.find(({ id }) => id === ada.workspaceId)).toMatchObject({
      role: 'viewer',
      hasSeat: false,
    });
    // somebody leaves: the next one has the seat, with the role of before
    await bo.caller(ada.workspaceId).members.remove({ userId: bo.userId });
    expect([await mayCreate(di), await mayCreate(ed)]).toEqual(['done', 'FORBIDDEN']);
    await setPlan(ada, 'pro');
    expect(await mayCreate(ed)).toBe('done');
    const stored = await db().member.findMany({ where: { workspaceId: ada.workspaceId, reducedAt: null } });
    expect(stored.map(({ role }) => role).sort()).toEqual(['admin', 'member', 'member', 'owner']);
  });

  it('their keys can no more than they', async () => {
    const ada = await createPerson('Keys');
    const bo = await join(ada, 'Bob', 'admin');
    const { key } = await bo.caller(ada.workspaceId).apiKeys.create({ name: 'k' });
    expect((await scopeForApiKey(key)).role).toBe('admin');
    await operator.caller().admin.setSeats({ id: ada.workspaceId, seats: 1 });
    expect((await scopeForApiKey(key)).role).toBe('viewer');
  });

  it('cannot be invited beyond the seats', async () => {
    const ada = await createPerson('Invites');
    await setPlan(ada, 'free');
    const invite = (n: number) =>
      codeOf(ada.caller().members.invite({ email: `guest-${n}@example.com`, role: 'member' }));
    expect([await invite(1), await invite(2), await invite(3)]).toEqual(['done', 'done', 'PAYMENT_REQUIRED']);
  });
});

describe('schedules', () => {
  it('that are due more often than the plan allows are not published, and say which', async () => {
    const ada = await createPerson('Often');
    await setPlan(ada, 'free');
    await expect(publish(ada, 'fast', every(1, 'minutes'))).rejects.toThrow(
      'clock: the plan Free starts schedules every 5 minutes at most.',
    );
    await publish(ada, 'slow', every(5, 'minutes'));
  });

  it('that are there already run less often on a smaller plan', async () => {
    const ada = await createPerson('Less');
    const workflowId = await publish(ada, 'fast', every(1, 'minutes'));
    await setPlan(ada, 'free');
    await getPool().query(`update "trigger" set next_run_at = now() where workflow_id = $1`, [workflowId]);
    await fireDueSchedules(Date.now());
    const { nextRunAt } = await db().trigger.findFirstOrThrow({ where: { workflowId } });
    const wait = nextRunAt!.getTime() - Date.now();
    expect(wait).toBeGreaterThan(295_000);
    expect(wait).toBeLessThan(361_000);
    expect(nextRun({ rules: [{ unit: 'minutes', every: 1 }] }, Date.now())!.getTime()).toBeLessThan(
      nextRunAt!.getTime(),
    );
  });
});

it('no more run at a time than the plan allows', async () => {
  const ada = await createPerson('Slots');
  await setPlan(ada, 'free');
  const id = await publish(ada, 'many');
  for (let i = 0; i < 8; i++) await ada.caller().executions.start({ id });
  const { rows } = await getPool().query<{ workspace_id: string }>(
    `select workspace_id from claim_executions('test', 1, 100, 100, enum_range(null::execution_tier), 10, false)`,
  );
  const mine = rows.filter((row) => row.workspace_id === ada.workspaceId);
  expect(mine).toHaveLength(PLANS.free.concurrentExecutions!);
});

describe('a subscription', () => {
  const DAY = 86_400_000;
  const buy = (person: Person, more: object) =>
    db().subscription.upsert({
      where: { workspaceId: person.workspaceId },
      create: {
        workspaceId: person.workspaceId,
        customerId: `cus_${person.workspaceId}`,
        plan: 'pro',
        ...more,
      },
      update: more,
    });
  const planOf = async ({ workspaceId }: Person) =>
    (await db().workspace.findUniqueOrThrow({ where: { id: workspaceId } })).plan;

  it('holds for the days of grace and not a moment longer, whoever looks', async () => {
    const ada = await createPerson('Grace');
    await buy(ada, { status: 'past_due', pastDueSince: new Date(Date.now() - 14 * DAY + 2_000) });
    await Promise.all([watchPlans(), watchPlans()]);
    expect(await planOf(ada)).toBe('pro');
    await buy(ada, { pastDueSince: new Date(Date.now() - 14 * DAY) });
    await Promise.all([watchPlans(), watchPlans()]);
    expect(await planOf(ada)).toBe('self-hosted'); // what everybody has here
    const told = await db().outgoingMail.findMany({
      where: { to: ada.email, subject: { contains: 'on the plan' } },
    });
    expect(told.map(({ subject }) => /the plan .*/.exec(subject)?.[0]).sort()).toEqual([
      'the plan Pro now',
      'the plan Self-hosted now',
    ]);
    const changes = await db().auditEntry.findMany({
      where: { workspaceId: ada.workspaceId, action: 'workspace.change-plan' },
      orderBy: { at: 'asc' },
    });
    expect(changes.map(({ before, after }) => [before, after])).toEqual([
      [{ plan: 'self-hosted' }, { plan: 'pro' }],
      [{ plan: 'pro' }, { plan: 'self-hosted' }],
    ]);
  });

  it('begins months of its own: the one under way ends, and nothing is counted twice', async () => {
    const ada = await createPerson('Anchor');
    await openPeriods([ada.workspaceId]);
    await db().usagePeriod.updateMany({ where: { workspaceId: ada.workspaceId }, data: { used: 7 } });
    const anchor = new Date(Date.now() - 3_600_000);
    await buy(ada, { status: 'active', billingAnchor: anchor });
    await db().$transaction((tx) => applyPlan(tx, ada.workspaceId));
    const rows = await db().usagePeriod.findMany({
      where: { workspaceId: ada.workspaceId },
      orderBy: { startsAt: 'asc' },
    });
    expect(rows).toMatchObject([{ used: 7 }, { used: 0, included: PLANS.pro.executionsPerMonth }]);
    expect(rows[1]!.startsAt).toEqual(rows[0]!.endsAt);
    expect(rows[1]!.endsAt).toEqual(monthOf(anchor, new Date()).endsAt);
    // again and again: nothing changes any more
    await db().$transaction((tx) => applyPlan(tx, ada.workspaceId));
    expect(await db().usagePeriod.count({ where: { workspaceId: ada.workspaceId } })).toBe(2);
  });

  it('that becomes smaller within a month does not sell again what the larger one had', async () => {
    const ada = await createPerson('Covered');
    const { workspaceId } = ada;
    const change = async (plan: PlanKey) => {
      await buy(ada, { status: 'active', metered: true, plan });
      await db().$transaction((tx) => applyPlan(tx, workspaceId));
      return (await ada.caller().usage.get()).period;
    };
    await change('business');
    await ada.caller().usage.setOverage({ overage: 500 });
    const warned = { warned80At: new Date(), warned100At: new Date() };
    await db().usagePeriod.updateMany({ where: { workspaceId }, data: { used: 120_000, ...warned } });
    expect(await change('pro')).toMatchObject({
      used: 120_000,
      included: 50_000,
      credit: 70_000,
      overage: 500,
    });
    const owed = () =>
      getPool().query(
        `select least(used - greatest(included + credit, covered), overage) as n from usage_period where workspace_id = $1`,
        [workspaceId],
      );
    expect((await owed()).rows).toEqual([{ n: 0 }]);
    expect(await db().usagePeriod.findFirst({ where: { workspaceId } })).toMatchObject(warned);
    // and back: there is nothing to be won by going to and fro
    expect(await change('business')).toMatchObject({ included: 500_000, credit: 0, overage: 500 });
    expect(await db().usagePeriod.findFirst({ where: { workspaceId } })).toMatchObject({ warned80At: null });
  });

  it('pays for more than the plan has, as much as was chosen', async () => {
    const ada = await createPerson('More');
    await buy(ada, { status: 'active', metered: true });
    await openPeriods([ada.workspaceId]);
    await ada.caller().usage.setOverage({ overage: 500 });
    const period = () => db().usagePeriod.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
    expect(await period()).toMatchObject({ included: PLANS.pro.executionsPerMonth, overage: 500 });
    await buy(ada, { status: 'canceled' });
    await db().$transaction((tx) => applyPlan(tx, ada.workspaceId));
    expect(await period()).toMatchObject({ included: null, overage: 0 });
  });
});

it('a plan that keeps executions for fewer days deletes none for a month, and none at all when it comes back', async () => {
  const ada = await createPerson('Keeps');
  const from = async () =>
    (await db().workspace.findUniqueOrThrow({ where: { id: ada.workspaceId } })).deletesFrom?.getTime();
  await setPlan(ada, 'business');
  const inAMonth = Date.now() + DAYS_TO_EXPORT * 86_400_000;
  expect(Math.abs((await from())! - inAMonth)).toBeLessThan(60_000);
  await setPlan(ada, 'enterprise');
  expect(await from()).toBeUndefined();
});

it('an operator gives credit for this month', async () => {
  const ada = await createPerson('Credit');
  await setPlan(ada, 'free');
  await operator.caller().admin.giveCredit({ id: ada.workspaceId, executions: 250 });
  const { period, plan } = await operator.caller().admin.usage({ id: ada.workspaceId });
  expect([plan, period.included, period.credit]).toEqual(['free', 1_000, 250]);
  expect(await codeOf(ada.caller().admin.giveCredit({ id: ada.workspaceId, executions: 1 }))).toBe(
    'NOT_FOUND',
  );
});
