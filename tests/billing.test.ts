import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { PLAN_MARK } from '#server/billing/catalog.ts';
import { withBillingLock } from '#server/billing/lock.ts';
import { setUpStripe } from '#server/billing/setup.ts';
import { db } from '#server/db.ts';
import { env } from '#server/env.ts';
import { PLANS } from '#server/plans/schema.ts';
import { handleRest } from '#server/rest/handler.ts';
import { purgeWorkspaces } from '#server/workspaces/purge.ts';
import {
  type BillingWorld,
  DAY,
  pay,
  planOf,
  rowOf,
  type Subscriber,
  startBilling,
} from './support/billing.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

let world: BillingWorld;
beforeAll(async () => {
  world = await startBilling();
});
afterAll(() => world.stop());
afterEach(() => world.fake.control.faults({}));

const PRO = { plan: 'pro', interval: 'month' } as const;
const BUSINESS = { plan: 'business', interval: 'month' } as const;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const subscriptionOf = async (person: Person) => {
  const { subscriptionId } = await rowOf(person);
  return world.stripe.subscriptions.retrieve(subscriptionId!);
};
const pricesOf = async (person: Person) => {
  const { items } = await subscriptionOf(person);
  return items.data.map(({ price }) => price.lookup_key).sort();
};
const auditOf = async ({ workspaceId }: Person) =>
  (
    await db().auditEntry.findMany({
      where: { workspaceId, action: { startsWith: 'billing.' } },
      orderBy: { at: 'asc' },
    })
  ).map(({ action }) => action);
const seconds = (date: Date | null) => date!.getTime() / 1000;

// first, for years pass in it, and for everybody who is there
describe('an end', () => {
  it('comes with what is paid for, a year where a year is, and can be taken back', async () => {
    const payer = await world.subscriber({ interval: 'year' });
    const caller = payer.caller();
    await caller.billing.cancel();
    await caller.billing.cancel();
    const row = await rowOf(payer);
    expect(row.cancelAt).toEqual(row.currentPeriodEnd);
    expect(await planOf(payer)).toBe('pro');
    await caller.billing.resume();
    expect(await rowOf(payer)).toMatchObject({ cancelAt: null });
    await world.fake.control.clock({ to: seconds(row.currentPeriodEnd) - DAY });
    await world.settle();
    expect(await planOf(payer)).toBe('pro');
    await caller.billing.cancel();
    await world.fake.control.clock({ seconds: 2 * DAY });
    await world.settle();
    expect(await planOf(payer)).toBe('free');
    expect(await codeOf(caller.billing.resume())).toBe('NOT_FOUND');
    expect((await auditOf(payer)).slice(2)).toEqual(['billing.cancel', 'billing.resume', 'billing.cancel']);
  });

  it('comes late when a payment fails: the plan holds in days of grace, and goes on when it is paid', async () => {
    const payer = await world.subscriber();
    world.fake.control.settings({ afterRetries: 'unpaid' });
    world.fake.control.card({ customer: payer.customerId, outcome: 'generic_decline' });
    await world.fake.control.clock({ to: seconds((await rowOf(payer)).currentPeriodEnd) + 7200 });
    await world.settle();
    const { subscription, plan } = await payer.caller().billing.get();
    expect(plan).toBe('pro');
    const [invoice] = world.fake.sandbox.invoices
      .newestFirst()
      .filter((one) => one.customer === payer.customerId);
    expect(subscription).toMatchObject({ status: 'past_due' });
    expect(seconds(subscription!.pastDueSince)).toBe(invoice!.status_transitions.finalized_at);
    expect(seconds(subscription!.graceEndsAt)).toBe(invoice!.status_transitions.finalized_at! + 14 * DAY);
    expect(await codeOf(payer.caller().billing.change(BUSINESS))).toBe('CONFLICT');
    await world.fake.control.clock({ seconds: 3 * DAY }); // tried again; it is due since the same day
    await world.settle();
    expect((await rowOf(payer)).pastDueSince).toEqual(subscription!.pastDueSince);
    const told = { to: payer.email, subject: { contains: 'did not go through' } };
    expect(await db().outgoingMail.count({ where: told })).toBe(1);

    await world.fake.control.clock({ seconds: 20 * DAY });
    await world.settle();
    expect(await rowOf(payer)).toMatchObject({ status: 'unpaid' });
    expect(await planOf(payer)).toBe('free');
    world.fake.control.card({ customer: payer.customerId, outcome: 'good' });
    await world.stripe.invoices.pay(invoice!.id);
    await world.settle();
    expect(await rowOf(payer)).toMatchObject({ status: 'active', pastDueSince: null });
    expect(await planOf(payer)).toBe('pro');
    world.fake.control.settings({ afterRetries: 'canceled' });
  });
});

describe('checkout', () => {
  let ada: Person;
  beforeEach(async () => {
    ada = await createPerson('Ada');
  });

  it('leads by Stripe’s page and its event to the plan, with a trial', async () => {
    expect(await planOf(ada)).toBe('free');
    expect(await ada.caller().billing.get()).toMatchObject({
      configured: true,
      mayTry: true,
      subscription: null,
    });
    const { url } = await ada.caller().billing.checkout(PRO);
    expect(await pay(url)).toBe(`${env().APP_URL}/w/${ada.workspaceId}/billing?checkout=done`);
    await world.settle();
    expect(await planOf(ada)).toBe('pro');
    const billing = await ada.caller().billing.get();
    expect(billing).toMatchObject({ plan: 'pro', mayTry: false, overridden: false });
    expect(billing.subscription).toMatchObject({ plan: 'pro', interval: 'month', status: 'trialing' });
    expect(billing.subscription!.trialEndsAt).toEqual(billing.subscription!.currentPeriodEnd);
    expect(await rowOf(ada)).toMatchObject({ metered: true });
    expect(await pricesOf(ada)).toEqual(['pro_monthly', 'pro_usage']);
    expect(await auditOf(ada)).toEqual(['billing.checkout']);
    const customer = await world.stripe.customers.retrieve((await rowOf(ada)).customerId);
    expect(customer).toMatchObject({ email: ada.email, metadata: { workspaceId: ada.workspaceId } });
  });

  it('of many clicks at once has one customer and one page', async () => {
    const before = world.fake.sandbox.customers.all().length;
    const pages = await Promise.all(Array.from({ length: 8 }, () => ada.caller().billing.checkout(PRO)));
    expect(new Set(pages.map(({ url }) => url)).size).toBe(1);
    expect(world.fake.sandbox.customers.all().length).toBe(before + 1);
    const { url } = await ada.caller().billing.checkout(BUSINESS);
    expect(url).not.toBe(pages[0]!.url);
    expect((await fetch(pages[0]!.url)).status).toBe(410); // nobody pays for both
    expect(await ada.caller().billing.checkout(BUSINESS)).toEqual({ url });
  });

  it('makes one customer when Stripe’s answer is lost', async () => {
    const before = world.fake.sandbox.customers.all().length;
    world.fake.control.trouble({ with: 'hang-up', times: 2, path: '/v1/customers', afterwards: true });
    expect(await codeOf(ada.caller().billing.checkout(PRO))).toBe('SERVICE_UNAVAILABLE');
    expect(await codeOf(ada.caller().billing.checkout(PRO))).toBe('OK');
    expect(world.fake.sandbox.customers.all().length).toBe(before + 1);
  });

  it('does not wait for the event: whoever comes back has the plan', async () => {
    await world.fake.control.faults({ hold: true });
    await pay((await ada.caller().billing.checkout(PRO)).url);
    expect(await planOf(ada)).toBe('free');
    expect(await ada.caller().billing.refresh()).toMatchObject({ plan: 'pro' });
    await world.fake.control.release();
    await world.settle();
    expect(await planOf(ada)).toBe('pro');
  });

  it('is refused when there is a plan, and gives one trial', async () => {
    await pay((await ada.caller().billing.checkout(PRO)).url);
    await world.settle();
    expect(await codeOf(ada.caller().billing.checkout(BUSINESS))).toBe('CONFLICT');
    await world.stripe.subscriptions.cancel((await subscriptionOf(ada)).id);
    await world.settle();
    expect(await planOf(ada)).toBe('free');
    expect(await ada.caller().billing.get()).toMatchObject({ subscription: null, mayTry: false });
    await pay((await ada.caller().billing.checkout(PRO)).url);
    await world.settle();
    expect(await rowOf(ada)).toMatchObject({ status: 'active', plan: 'pro', trialEndsAt: null });
  });

  it('says so when Stripe is away, and asks for tax where that is on', async () => {
    world.fake.control.trouble({ with: 503, times: 2 });
    expect(await codeOf(ada.caller().billing.checkout(PRO))).toBe('SERVICE_UNAVAILABLE');
    Object.assign(env(), { STRIPE_TAX: 'on' });
    const { url } = await ada.caller().billing.checkout(PRO);
    Object.assign(env(), { STRIPE_TAX: 'off' });
    const session = world.fake.sandbox.checkoutSessions.get(url.split('/').at(-1)!);
    expect(session).toMatchObject({ automatic_tax: { enabled: true }, tax_id_collection: { enabled: true } });
  });
});

it('one after the other reads and writes what a workspace has bought, others meanwhile', async () => {
  const steps: string[] = [];
  const work = (name: string, workspaceId: string) =>
    withBillingLock(workspaceId, async (tx) => {
      steps.push(`${name} begins`);
      await tx.$executeRaw`select pg_sleep(0.1)`;
      steps.push(`${name} ends`);
    });
  const [same, another] = [newId(), newId()];
  await Promise.all([work('first', same), work('second', same), work('other', another)]);
  const order = steps.filter((step) => !step.startsWith('other')).map((step) => step.split(' ')[1]);
  expect(order).toEqual(['begins', 'ends', 'begins', 'ends']);
  expect(steps.slice(0, 2).every((step) => step.endsWith('begins'))).toBe(true);
});

describe('a change', () => {
  let payer: Subscriber;
  beforeEach(async () => {
    payer = await world.subscriber();
  });

  it('to more is charged now, to less becomes a credit, and costs what was said before', async () => {
    const caller = payer.caller();
    await world.fake.control.clock({ seconds: 10 * DAY });
    const preview = await caller.billing.previewChange(BUSINESS);
    const sum = preview.lines.reduce((total, { amount }) => total + amount, 0);
    expect(preview).toMatchObject({ currency: 'usd', dueNow: sum, nextAmount: 9900 });
    expect(sum).toBeGreaterThan(4000);
    expect(preview.nextAt).toEqual((await rowOf(payer)).currentPeriodEnd);
    await caller.billing.change(BUSINESS);
    expect(await planOf(payer)).toBe('business');
    expect(await rowOf(payer)).toMatchObject({ metered: true });
    expect(await pricesOf(payer)).toEqual(['business_monthly', 'business_usage']);
    const [newest] = await caller.billing.invoices();
    expect(newest).toMatchObject({ total: sum, status: 'paid', currency: 'usd', tax: 0 });
    expect(newest!.pdfUrl).toContain('/pdf');

    const less = await caller.billing.previewChange(PRO);
    expect(less.dueNow).toBeLessThan(-4000);
    await caller.billing.change(PRO);
    expect(await planOf(payer)).toBe('pro');
    expect(world.fake.sandbox.customers.get(payer.customerId).balance).toBe(less.dueNow);
    expect(await codeOf(caller.billing.change(PRO))).toBe('CONFLICT');
    expect(await auditOf(payer)).toEqual([
      'billing.checkout',
      'billing.checkout',
      'billing.change',
      'billing.change',
    ]);
  });

  it('to a year starts anew, and a cancelled plan goes on', async () => {
    const caller = payer.caller();
    await caller.billing.cancel();
    const yearly = { plan: 'pro', interval: 'year' } as const;
    const preview = await caller.billing.previewChange(yearly);
    expect(preview.nextAmount).toBe(29_000);
    expect(preview.dueNow).toBeGreaterThan(26_000);
    await caller.billing.change(yearly);
    const row = await rowOf(payer);
    expect(row).toMatchObject({ plan: 'pro', interval: 'year', cancelAt: null, metered: true });
    expect(seconds(row.currentPeriodEnd) - seconds(row.currentPeriodStart)).toBeGreaterThan(364 * DAY);
    expect(await pricesOf(payer)).toEqual(['pro_usage', 'pro_yearly']);
  });

  it('that the card does not pay for changes nothing', async () => {
    world.fake.control.card({ customer: payer.customerId, outcome: 'insufficient_funds' });
    const refused = await payer
      .caller()
      .billing.change(BUSINESS)
      .catch((error: Error & { code: string }) => error);
    expect(refused).toMatchObject({ code: 'UNPROCESSABLE_CONTENT' });
    expect(String(refused)).toContain('insufficient funds');
    await world.settle();
    expect(await rowOf(payer)).toMatchObject({ plan: 'pro' });
  });

  it('in the portal counts as well, and brings the price of usage along', async () => {
    const { url } = await payer.caller().billing.portal();
    expect(await (await fetch(url)).text()).not.toContain('Cancel plan');
    const prices = world.fake.sandbox.prices.all();
    const choose = async (key: string) => {
      const price = prices.find(({ lookup_key }) => lookup_key === key)!.id;
      await pay((await payer.caller().billing.portal()).url, { action: 'plan', price });
      await world.settle();
    };
    await choose('pro_yearly');
    expect(await rowOf(payer)).toMatchObject({ plan: 'pro', interval: 'year', metered: true });
    await choose('business_yearly');
    expect(await rowOf(payer)).toMatchObject({ plan: 'business', interval: 'year', metered: true });
    expect(await pricesOf(payer)).toEqual(['business_usage', 'business_yearly']);
  });
});

describe('a workspace that is deleted', () => {
  let payer: Subscriber;
  beforeEach(async () => {
    payer = await world.subscriber();
  });
  const remove = () =>
    payer.caller().workspaces.delete({ name: 'Payer’s workspace', password: 'correct horse battery' });
  const restore = () => payer.caller().workspaces.restore({ id: payer.workspaceId });

  it('ends its plan with what is paid for, and goes on when it is restored', async () => {
    await remove();
    await world.settle();
    expect((await rowOf(payer)).cancelAt).not.toBeNull();
    await restore();
    await world.settle();
    expect(await rowOf(payer)).toMatchObject({ cancelAt: null, status: 'active' });
    expect((await subscriptionOf(payer)).metadata).toEqual({ workspaceId: payer.workspaceId });
  });

  it('stays cancelled when somebody had cancelled before', async () => {
    await payer.caller().billing.cancel();
    await remove();
    await world.settle();
    await restore();
    await world.settle();
    expect((await rowOf(payer)).cancelAt).not.toBeNull();
  });

  it('costs nothing any more once it is gone, and waits while Stripe is away', async () => {
    const { id } = await subscriptionOf(payer);
    const { workspaceId } = payer;
    await remove();
    await db().workspace.update({ where: { id: workspaceId }, data: { purgeAt: new Date(0) } });
    world.fake.control.trouble({ with: 500, times: 2 });
    await purgeWorkspaces();
    expect(await db().workspace.count({ where: { id: workspaceId } })).toBe(1);
    await purgeWorkspaces();
    expect(await db().workspace.count({ where: { id: workspaceId } })).toBe(0);
    expect(await db().subscription.count({ where: { workspaceId } })).toBe(0);
    expect((await world.stripe.subscriptions.retrieve(id)).status).toBe('canceled');
    await world.settle(); // what Stripe says of it then is about nobody
  });
});

it('bills go to whoever owns the workspace', async () => {
  const payer = await world.subscriber();
  const heir = await createPerson('Heir');
  const { workspaceId, userId } = { ...payer, userId: heir.userId };
  await db().member.create({ data: { workspaceId, userId, role: 'admin' } });
  await payer.caller().workspaces.transfer({ userId, password: 'correct horse battery' });
  await world.settle();
  expect(await world.stripe.customers.retrieve(payer.customerId)).toMatchObject({ email: heir.email });
});

describe('a key', () => {
  const send = async (person: Person, method: string, path: string, body?: object) => {
    const { key } = await createApiKey(person.scope, {
      name: 'k',
      scopes: ['billing:read', 'billing:write'],
    });
    const answer = await handleRest(
      new Request(`http://localhost/api/v1/billing${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    return { status: answer.status, body: answer.status === 204 ? null : await answer.json() };
  };

  it('reads, starts a checkout and cancels', async () => {
    const ada = await createPerson('Ada');
    expect((await send(ada, 'GET', '/plans')).body.data.map(({ key }: { key: string }) => key)).toContain(
      'pro',
    );
    expect((await send(ada, 'GET', '/subscription')).body).toMatchObject({
      plan: 'free',
      subscription: null,
    });
    const { status, body } = await send(ada, 'POST', '/subscription', PRO);
    expect(status).toBe(201);
    await pay(body.url);
    await world.settle();
    expect((await send(ada, 'GET', '/subscription')).body).toMatchObject({
      plan: 'pro',
      subscription: { status: 'trialing' },
    });
    expect((await send(ada, 'GET', '/invoices')).body).toMatchObject({
      data: [{ total: 0 }],
      nextCursor: null,
    });
    expect((await send(ada, 'DELETE', '/subscription')).status).toBe(204);
    expect((await rowOf(ada)).cancelAt).not.toBeNull();
  });
});

describe('setting Stripe up', () => {
  it('does nothing the second time', async () => {
    expect(await setUpStripe()).toEqual([]);
  });

  it('sells at a new amount, and leaves those who have the old one their plan', async () => {
    const payer = await world.subscriber();
    const before = PLANS.pro.prices!.month;
    PLANS.pro.prices!.month = 3100;
    try {
      const done = await setUpStripe();
      expect(done.join('\n')).toContain('made the price pro_monthly: 3100 cents');
      expect(done).toHaveLength(3); // and the portal offers it
    } finally {
      PLANS.pro.prices!.month = before;
    }
    await payer.caller().billing.refresh();
    expect(await rowOf(payer)).toMatchObject({ plan: 'pro', interval: 'month', metered: true });
    const { items } = await subscriptionOf(payer);
    expect(items.data[0]!.price).toMatchObject({ lookup_key: null, metadata: { [PLAN_MARK]: 'pro' } });
    const later = await world.subscriber();
    expect(await pricesOf(later)).toContain('pro_monthly');
    expect((await subscriptionOf(later)).items.data[0]!.price.unit_amount).toBe(3100);
    expect(await setUpStripe()).toHaveLength(3);
  });
});
