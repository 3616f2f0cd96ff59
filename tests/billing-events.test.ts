import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { db, getPool } from '#server/db.ts';
import { signatureHeader } from '../e2e/fakes/stripe/deliveries.ts';
import type { StripeEvent } from '../e2e/fakes/stripe/events.ts';
import { type BillingWorld, DAY, pay, runJobs, startBilling, WEBHOOK_SECRET } from './support/billing.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { seeded } from './support/seeded.ts';

ownDatabase();

/** Each kind of event that tells of what somebody bought, with the life that it comes from. */
const TYPES = [
  'checkout.session.completed',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.trial_will_end',
  'customer.subscription.updated',
  'invoice.finalized',
  'invoice.marked_uncollectible',
  'invoice.paid',
  'invoice.payment_action_required',
  'invoice.payment_failed',
  'invoice.voided',
];

interface Payer extends Person {
  customerId: string;
}

let world: BillingWorld;
let samples: Map<string, { event: StripeEvent; payer: Payer }>;
/** Has nothing to do with any of it. */
let other: Payer;

beforeAll(async () => {
  world = await startBilling();
  world.fake.control.settings({ retryDays: [3, 5, 7], afterRetries: 'past_due' });
  await world.fake.control.faults({ hold: true });
  other = await buy('business');
  const payers = [await renewing(), await ending(), await pausing(), await vanishing(), other];
  samples = new Map();
  for (const event of world.fake.sandbox.events.all()) {
    const object = event.data.object as { id?: string; customer?: string };
    const payer = payers.find(({ customerId }) => [object.customer, object.id].includes(customerId));
    if (payer && payer !== other) samples.set(event.type, { event, payer });
  }
  await wrong(other);
});
afterAll(() => world.stop());

beforeEach(async () => {
  await getPool().query('delete from stripe_event');
  await getPool().query('delete from graphile_worker._private_jobs');
});

async function customer(): Promise<Payer> {
  const person = await createPerson('Payer');
  await person.caller().billing.checkout({ plan: 'pro', interval: 'month' });
  const { workspaceId } = person;
  const { customerId } = await db().subscription.findUniqueOrThrow({ where: { workspaceId } });
  return { ...person, customerId };
}

async function buy(plan: 'pro' | 'business', interval: 'month' | 'year' = 'month'): Promise<Payer> {
  const payer = await customer();
  await pay((await payer.caller().billing.checkout({ plan, interval })).url);
  return payer;
}

const pass = (days: number) => world.fake.control.clock({ seconds: days * DAY });
const newestInvoice = ({ customerId }: Payer) =>
  world.fake.sandbox.invoices.newestFirst().find((invoice) => invoice.customer === customerId)!;
const subscriptionOf = ({ customerId }: Payer) =>
  world.fake.sandbox.subscriptions.newestFirst().find((one) => one.customer === customerId)!;

/** A trial, months, a card that fails and is mended, bills that are given up; cancelled in the end, and not over yet. */
async function renewing(): Promise<Payer> {
  const payer = await buy('pro');
  await pass(15);
  world.fake.control.card({ customer: payer.customerId, outcome: 'authentication_required' });
  await pass(31);
  world.fake.control.card({ customer: payer.customerId, outcome: 'generic_decline' });
  await pass(4);
  await world.stripe.invoices.voidInvoice(newestInvoice(payer).id);
  await pass(28);
  await world.stripe.invoices.markUncollectible(newestInvoice(payer).id);
  world.fake.control.card({ customer: payer.customerId, outcome: 'good' });
  await pass(31);
  await payer.caller().billing.cancel();
  return payer;
}

async function ending(): Promise<Payer> {
  const payer = await buy('business', 'year');
  await pass(20);
  await world.stripe.subscriptions.cancel(subscriptionOf(payer).id);
  return payer;
}

async function pausing(): Promise<Payer> {
  const payer = await customer();
  await world.stripe.subscriptions.create({
    customer: payer.customerId,
    items: [{ price: priceId('business_monthly') }],
    trial_period_days: 5,
    trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
  });
  await pass(6);
  const method = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: payer.customerId });
  await world.stripe.customers.update(payer.customerId, {
    invoice_settings: { default_payment_method: method.id },
  });
  await world.stripe.subscriptions.resume(subscriptionOf(payer).id);
  return payer;
}

async function vanishing(): Promise<Payer> {
  const payer = await buy('pro');
  await world.stripe.subscriptions.cancel(subscriptionOf(payer).id);
  await world.stripe.customers.del(payer.customerId);
  return payer;
}

const priceId = (key: string) =>
  world.fake.sandbox.prices.all().find(({ lookup_key }) => lookup_key === key)!.id;

/** What the sandbox has, said by hand and not by the code that is tested. */
function truth({ customerId }: Payer) {
  const alive = world.fake.sandbox.customers.find(customerId)
    ? subscriptionOf({ customerId } as Payer)
    : undefined;
  if (!alive || alive.status === 'canceled')
    return { row: { subscriptionId: null, plan: null, cancelAt: null }, plan: 'free' };
  const [key, usage] = alive.items.data.map(({ price }) => price.lookup_key);
  const [plan, interval] = key!.split('_');
  expect(usage).toBe(`${plan}_usage`);
  return {
    row: {
      ...{ subscriptionId: alive.id, plan, status: alive.status, metered: true },
      interval: interval === 'yearly' ? 'year' : 'month',
      cancelAt: alive.cancel_at === null ? null : new Date(alive.cancel_at * 1000),
    },
    plan: ['active', 'trialing', 'past_due'].includes(alive.status) ? plan : 'free',
  };
}

async function stateOf({ workspaceId }: Person) {
  const { plan } = await db().workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  return { plan, row: await db().subscription.findUniqueOrThrow({ where: { workspaceId } }) };
}

const WRONG = {
  ...{ plan: 'pro', interval: 'month', status: 'unpaid', metered: false, syncedAt: null },
  cancelAt: new Date(0),
};
/** As if we had heard of nothing for long. */
async function wrong({ workspaceId }: Person) {
  await db().subscription.update({
    where: { workspaceId },
    data: { ...WRONG, subscriptionId: `sub_${newId()}` },
  });
  await db().workspace.update({ where: { id: workspaceId }, data: { plan: 'enterprise' } });
}
const isWrong = { plan: 'enterprise', row: WRONG };

/** Sends an event as Stripe does: the signature is made when it is sent. */
async function send(event: object, { secret = WEBHOOK_SECRET, age = 0 } = {}): Promise<Response> {
  const body = JSON.stringify(event);
  const signature = signatureHeader(body, secret, Math.floor(Date.now() / 1000) - age);
  return fetch(world.door, { method: 'POST', headers: { 'stripe-signature': signature }, body });
}
const jobs = async () => (await getPool().query('select 1 from graphile_worker._private_jobs')).rowCount ?? 0;
const outcomes = async () =>
  (await db().stripeEvent.findMany({ orderBy: { id: 'asc' } })).map(({ outcome }) => outcome);
const about = (event: StripeEvent, customerId: string): StripeEvent => ({
  ...event,
  id: `evt_${newId()}`,
  data: {
    object:
      event.type === 'customer.deleted'
        ? { ...event.data.object, id: customerId }
        : { ...event.data.object, customer: customerId },
  },
});

describe.each(TYPES)('%s', (type) => {
  let event: StripeEvent;
  let payer: Payer;
  beforeEach(async () => {
    const sample = samples.get(type);
    if (!sample) throw new Error(`The lives above made no ${type}.`);
    ({ event, payer } = sample);
    await wrong(payer);
  });

  it('50 times at once is one', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(event)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    const said = (await Promise.all(answers.map((answer) => answer.json()))) as { new: boolean }[];
    expect(said.filter((one) => one.new)).toHaveLength(1);
    expect(await jobs()).toBe(1);
    await Promise.all([runJobs(), runJobs(), runJobs()]);
    expect(await outcomes()).toEqual(['applied']);
    expect(await stateOf(payer)).toMatchObject(truth(payer));
    expect((await send(event)).status).toBe(200);
    expect(await jobs()).toBe(0);
  });

  it('days late gives what is true now', async () => {
    // all of these are: months have passed since the first of them
    const lateS = world.fake.sandbox.now - event.created;
    expect(lateS).toBeGreaterThanOrEqual(0);
    expect((await send({ ...event, created: event.created - 3 * DAY })).status).toBe(200);
    await runJobs();
    expect(await outcomes()).toEqual(['applied']);
    expect(await stateOf(payer)).toMatchObject(truth(payer));
  });

  it('that nobody signed, or long ago, is refused', async () => {
    expect((await send(event, { secret: 'whsec_of_somebody_else' })).status).toBe(400);
    expect((await send(event, { age: 301 })).status).toBe(400);
    const unsigned = await fetch(world.door, { method: 'POST', body: JSON.stringify(event) });
    expect(unsigned.status).toBe(400);
    await runJobs();
    expect(await outcomes()).toEqual([]);
    expect(await stateOf(payer)).toMatchObject(isWrong);
  });

  it('about nobody whom we know changes nothing', async () => {
    expect((await send(about(event, 'cus_of_another_system'))).status).toBe(200);
    await runJobs();
    expect(await outcomes()).toEqual(['unknown-customer']);
    expect(await stateOf(payer)).toMatchObject(isWrong);
  });

  it('about somebody else, with our things in it, is about them alone', async () => {
    await wrong(other);
    expect((await send(about(event, other.customerId))).status).toBe(200);
    await runJobs();
    expect(await stateOf(other)).toMatchObject(truth(other));
    expect(await stateOf(payer)).toMatchObject(isWrong);
  });

  it('about a customer who only says that they are us changes nothing', async () => {
    const pretender = await world.stripe.customers.create({ metadata: { workspaceId: payer.workspaceId } });
    await world.stripe.subscriptions.create({
      customer: pretender.id,
      items: [{ price: priceId('business_yearly') }],
      trial_period_days: 30,
    });
    expect((await send(about(event, pretender.id))).status).toBe(200);
    await runJobs();
    expect(await outcomes()).toEqual(['other-customer']);
    expect(await stateOf(payer)).toMatchObject(isWrong);
  });
});

describe('a life of events', () => {
  it.each([1, 2, 3, 4, 5, 6])('in the order of seed %i, twice each, ends in the truth', async (seed) => {
    const random = seeded(seed);
    await world.fake.control.faults({ hold: true, copies: 2 });
    const payer = await buy(random() < 0.5 ? 'pro' : 'business');
    const steps = [
      () => pass(16),
      () => payer.caller().billing.cancel(),
      () => payer.caller().billing.resume(),
      () => pass(31),
      () => payer.caller().billing.change({ plan: 'business', interval: 'year' }),
      () => world.stripe.subscriptions.update(subscriptionOf(payer).id, { cancel_at_period_end: true }),
    ];
    let isOver = false;
    const work = async () => {
      while (!isOver) {
        await runJobs();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const working = Promise.all([work(), work(), work()]);
    for (const step of steps.slice(0, 2 + Math.floor(random() * 5))) {
      // in any order, some of what is waiting comes in the middle of what happens next
      await step().catch((error: Error) => expect(String(error)).toMatch(/CONFLICT|the plan that you have/));
      if (random() < 0.4) await world.fake.control.release({ seed });
    }
    if (random() < 0.3) await world.stripe.subscriptions.cancel(subscriptionOf(payer).id);
    await world.fake.control.release({ seed: seed * 7 });
    await world.fake.control.release({ seed: seed * 11 });
    isOver = true;
    await working;
    await runJobs();
    expect(world.fake.deliveries.attempts.every(({ status }) => status === 200)).toBe(true);
    expect(await outcomes()).not.toContain(null);
    const { row, plan } = truth(payer);
    expect(await stateOf(payer)).toMatchObject({ row, plan });
  });
});

it('all others are of no concern', async () => {
  const others = [...samples].filter(([type]) => !TYPES.includes(type));
  expect(others.length).toBeGreaterThan(8);
  for (const [, { event }] of others) expect((await send(event)).status).toBe(200);
  expect(new Set(await outcomes())).toEqual(new Set(['ignored']));
});

it('a customer whose making was forgotten is found by what it says of itself', async () => {
  const ada = await createPerson('Ada');
  const { workspaceId } = ada;
  const { id } = await world.stripe.customers.create({ metadata: { workspaceId } });
  await world.fake.control.faults({});
  await world.stripe.subscriptions.create({
    customer: id,
    items: [{ price: priceId('pro_monthly') }],
    trial_period_days: 14,
  });
  await world.settle();
  expect(await stateOf(ada)).toMatchObject({ plan: 'pro', row: { customerId: id, status: 'trialing' } });
});

it('of another account, of other things and of nothing we know are kept and left alone', async () => {
  const { event } = samples.get('invoice.paid')!;
  await send({ ...event, id: 'evt_1', account: 'acct_of_somebody' });
  await send({ ...event, id: 'evt_2', type: 'payment_intent.succeeded' });
  await send({ ...event, id: 'evt_3', data: { object: { object: 'invoice', customer: null } } });
  expect(await outcomes()).toEqual(['other-account', 'ignored', 'ignored']);
  expect(await jobs()).toBe(0);
  const large = await fetch(world.door, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
  expect(large.status).toBe(413);
});

it('while Stripe is away waits, and is carried out later', async () => {
  const { event, payer } = samples.get('invoice.paid')!;
  await wrong(payer);
  await send(event);
  world.fake.control.trouble({ with: 'hang-up', times: 2, path: '/v1/subscriptions' });
  await runJobs();
  expect(await outcomes()).toEqual([null]);
  expect(await stateOf(payer)).toMatchObject(isWrong);
  await getPool().query('update graphile_worker._private_jobs set attempts = 0');
  await runJobs();
  expect(await outcomes()).toEqual(['applied']);
  expect(await stateOf(payer)).toMatchObject(truth(payer));
});
