import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { METER_EVENT } from '#server/billing/catalog.ts';
import { reportOverage } from '#server/billing/overage.ts';
import { reconcileBilling } from '#server/billing/reconcile.ts';
import { db } from '#server/db.ts';
import { type BillingWorld, planOf, rowOf, type Subscriber, startBilling } from './support/billing.ts';
import { ownDatabase } from './support/database.ts';

ownDatabase();

let world: BillingWorld;
let payer: Subscriber;
beforeAll(async () => {
  world = await startBilling();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await db().usagePeriod.deleteMany();
  await db().subscription.deleteMany();
  world.fake.sandbox.meterEvents.length = 0;
  payer = await world.subscriber();
});

const HOUR = 3_600_000;
const INCLUDED = 50_000;

/** A month with so many executions beyond those of the plan; it began and ends so many days from now. */
async function month(over: number, { from = -10, to = 20, overage = 5_000 } = {}) {
  const key = { workspaceId: payer.workspaceId, startsAt: new Date(START + from * 24 * HOUR) };
  const rest = { endsAt: new Date(START + to * 24 * HOUR), included: INCLUDED, overage };
  return db().usagePeriod.create({ data: { ...key, ...rest, used: INCLUDED + over } });
}
const START = Date.now();

const set = (data: { used?: number; overageReported?: number; overageReporting?: number | null }) =>
  db().usagePeriod.updateMany({ where: { workspaceId: payer.workspaceId }, data });
const rows = () =>
  db().usagePeriod.findMany({
    orderBy: { startsAt: 'asc' },
    select: { overageReported: true, overageReporting: true },
  });
const counted = () =>
  world.fake.sandbox.meterEvents
    .filter(({ payload }) => payload.stripe_customer_id === payer.customerId)
    .map(({ payload }) => Number(payload.value));

describe('executions beyond the plan', () => {
  it('are told to Stripe once, and then only what is new', async () => {
    await month(120);
    await reportOverage();
    await reportOverage();
    expect(counted()).toEqual([120]);
    await set({ used: INCLUDED + 200 });
    await reportOverage();
    expect(counted()).toEqual([120, 80]);
    expect(await rows()).toEqual([{ overageReported: 200, overageReporting: null }]);
    expect(world.fake.sandbox.meterEvents[0]).toMatchObject({
      event_name: METER_EVENT,
      identifier: expect.stringMatching(new RegExp(`^${payer.workspaceId}:.+Z:0-120$`)),
    });
  });

  it('are not more than the workspace is ready to pay for, and none where they are not sold', async () => {
    await month(6_000);
    await reportOverage();
    expect(counted()).toEqual([5_000]);
    await set({ used: INCLUDED - 1, overageReported: 0 });
    await db().subscription.updateMany({ data: { metered: false } });
    await set({ used: INCLUDED + 100 });
    await reportOverage();
    expect(counted()).toEqual([5_000]);
  });

  it('of many reporters at once count once', async () => {
    await month(777);
    await Promise.all(Array.from({ length: 6 }, () => reportOverage()));
    await reportOverage();
    expect(counted().reduce((sum, value) => sum + value, 0)).toBe(777);
    expect(await rows()).toEqual([{ overageReported: 777, overageReporting: null }]);
  });

  it('of a month that is over are told within it, as long as Stripe takes them', async () => {
    await month(10, { from: -80, to: -50 });
    const last = await month(30, { from: -50, to: -20 });
    await month(0, { from: -20, to: 10 });
    await reportOverage();
    expect(counted()).toEqual([30]);
    const [event] = world.fake.sandbox.meterEvents;
    expect(event!.timestamp).toBeLessThan(last.endsAt.getTime() / 1000);
    expect(event!.timestamp).toBeGreaterThan(last.endsAt.getTime() / 1000 - 120);
  });

  it.each([429, 500, 'hang-up'] as const)('survive a %s of Stripe', async (trouble) => {
    await month(50);
    // a second try of the client comes first, except when it is told to slow down
    const times = trouble === 429 ? 1 : 2;
    world.fake.control.trouble({ with: trouble, times, path: '/v1/billing/meter_events' });
    await expect(reportOverage()).rejects.toThrow('could not be reported');
    expect(counted()).toEqual([]);
    expect(await rows()).toEqual([{ overageReported: 0, overageReporting: 50 }]);
    await set({ used: INCLUDED + 60 });
    await reportOverage();
    expect(counted()).toEqual([50, 10]);
    expect(await rows()).toEqual([{ overageReported: 60, overageReporting: null }]);
  });

  it('count once when the answer is lost, or whoever sent them dies before writing that down', async () => {
    await month(50);
    world.fake.control.trouble({
      ...{ with: 'hang-up', times: 2, path: '/v1/billing/meter_events', afterwards: true },
    });
    await expect(reportOverage()).rejects.toThrow('could not be reported');
    await reportOverage();
    expect(counted()).toEqual([50]);
    // the moment after the call, before the row
    await set({ overageReported: 0, overageReporting: 50 });
    await reportOverage();
    expect(counted()).toEqual([50]);
    expect(await rows()).toEqual([{ overageReported: 50, overageReporting: null }]);
    // Stripe counts a moment later than it takes
    world.fake.sandbox.meterEvents[0]!.timestamp -= 40 * 86_400;
    await set({ overageReported: 0, overageReporting: 50 });
    await reportOverage();
    expect(counted()).toEqual([50]);
    world.fake.sandbox.meterEvents[0]!.timestamp += 40 * 86_400;
    // days later Stripe has forgotten the name, and still knows the sum
    await set({ overageReported: 0, overageReporting: 50 });
    world.fake.sandbox.meterEvents[0]!.identifier = 'forgotten';
    await reportOverage();
    expect(counted()).toEqual([50]);
  });

  it('of one workspace that fails do not hold up the others', async () => {
    await month(50, { to: 5 });
    const first = payer;
    payer = await world.subscriber();
    await month(70, { to: 15 });
    world.fake.control.trouble({ with: 500, times: 2, path: '/v1/billing/meter_events' });
    await expect(reportOverage()).rejects.toThrow('1 workspaces');
    expect(counted()).toEqual([70]);
    payer = first;
    expect(counted()).toEqual([]);
    await reportOverage();
    expect(counted()).toEqual([50]);
  });
});

describe('reconciling', () => {
  it('finds nothing where all is well', async () => {
    await month(40);
    await reportOverage();
    expect((await reconcileBilling()).filter(({ workspaceId }) => workspaceId !== null)).toEqual([]);
  });

  it('says what is wrong, and puts it right unless it only looks', async () => {
    const right = await rowOf(payer);
    const { workspaceId } = payer;
    await db().subscription.update({
      where: { workspaceId },
      data: { plan: 'business', status: 'past_due', pastDueSince: new Date(0), currentPeriodEnd: null },
    });
    await db().workspace.update({ where: { id: workspaceId }, data: { plan: 'free' } });
    const mine = (found: Awaited<ReturnType<typeof reconcileBilling>>) =>
      found.filter((one) => one.workspaceId === workspaceId).map(({ field, repaired }) => [field, repaired]);
    const fields = ['currentPeriodEnd', 'pastDueSince', 'plan', 'status'];
    const look = mine(await reconcileBilling({ dryRun: true })).sort();
    expect(look).toEqual(fields.map((field) => [field, false]));
    expect(await planOf(payer)).toBe('free');
    expect(mine(await reconcileBilling()).sort()).toEqual(fields.map((field) => [field, true]));
    expect(await rowOf(payer)).toEqual({ ...right, syncedAt: expect.any(Date) });
    expect(await planOf(payer)).toBe('pro');
    expect(mine(await reconcileBilling())).toEqual([]);
  });

  it('tells of usage that was counted otherwise and of customers whom we do not know', async () => {
    await month(40);
    await reportOverage();
    world.fake.sandbox.meterEvents[0]!.payload.value = '39';
    const stranger = await world.stripe.customers.create({ metadata: { workspaceId: payer.workspaceId } });
    await world.stripe.customers.create({ metadata: { somebody: 'else' } });
    const found = await reconcileBilling();
    expect(found).toContainEqual({
      ...{ workspaceId: payer.workspaceId, customerId: payer.customerId, repaired: false },
      ...{ field: expect.stringMatching(/^overage since/), here: 40, inStripe: 39 },
    });
    expect(found).toContainEqual({
      ...{ workspaceId: null, customerId: stranger.id, repaired: false },
      ...{ field: 'customer', here: null, inStripe: payer.workspaceId },
    });
    expect(found.filter(({ customerId }) => customerId === stranger.id)).toHaveLength(1);
  });
});

it('executions beyond the plan are billed at its price', async () => {
  await month(4_000);
  await reportOverage();
  const { currentPeriodEnd } = await rowOf(payer);
  await world.fake.control.clock({ to: currentPeriodEnd!.getTime() / 1000 + 7200 });
  const [invoice] = await payer.caller().billing.invoices();
  expect(invoice!.total).toBe(2900 + 400);
});
