import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterEach, describe, expect, it } from 'vitest';
import { API_VERSION } from '../e2e/fakes/stripe/events.ts';
import {
  type StripeServer,
  type StripeServerOptions,
  startStripeServer,
} from '../e2e/fakes/stripe/server.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(options: StripeServerOptions = {}) {
  const server = await startStripeServer({ now: at('2027-01-31T10:00:00Z'), ...options });
  running.push(server);
  return { server, stripe: new Stripe(server.key, { ...server.client, maxNetworkRetries: 0 }) };
}

/** An endpoint that keeps what it gets and answers the statuses it is given, then 200. */
async function receiver(statuses: number[] = []) {
  const got: { body: string; signature: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push({ body, signature: String(request.headers['stripe-signature']) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push({ stop: () => new Promise((resolve) => server.close(() => resolve())) });
  return {
    got,
    types: () => got.map(({ body }) => JSON.parse(body).type as string),
    ids: () => got.map(({ body }) => JSON.parse(body).id as string),
    webhook: { url: `http://localhost:${(server.address() as AddressInfo).port}/hook`, secret: 'whsec_test' },
  };
}

const at = (iso: string) => Date.parse(iso) / 1000;

const post = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

const CARD = { number: '4242 4242 4242 4242', email: 'ada@example.com', name: 'Ada', country: 'DE' };

const openCheckout = (
  stripe: Stripe,
  server: StripeServer,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
) =>
  stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [
      { price: server.prices.pro_monthly!, quantity: 1 },
      { price: server.prices.executions_usage! },
    ],
    success_url: 'http://localhost/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost/plans',
    client_reference_id: 'workspace-1',
    metadata: { workspace: 'workspace-1' },
    subscription_data: { metadata: { workspace: 'workspace-1' } },
    ...more,
  });

describe('the version', () => {
  it('is the one that the SDK is pinned to', () => {
    expect(Stripe.API_VERSION).toBe(API_VERSION);
  });
});

describe('checkout', () => {
  it('goes from the page to an active subscription and a signed event', async () => {
    const hook = await receiver();
    const { stripe, server } = await start({ webhook: hook.webhook });
    const session = await openCheckout(stripe, server);
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 2900,
      ui_mode: 'hosted_page',
    });
    const page = await (await fetch(session.url!)).text();
    expect(page).toContain('$29.00');
    expect(page).toContain('http://localhost/plans');

    const paid = await post(session.url!, CARD);
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(`http://localhost/done?session=${session.id}`);
    const after = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'line_items', 'customer'],
    });
    expect(after).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: 'workspace-1',
      url: null,
    });
    expect(after.customer).toMatchObject({ email: 'ada@example.com', name: 'Ada' });
    expect(after.line_items?.data).toHaveLength(2);
    const subscription = after.subscription as Stripe.Subscription;
    expect(subscription).toMatchObject({ status: 'active', metadata: { workspace: 'workspace-1' } });
    expect(subscription.items.data[0]).toMatchObject({
      current_period_start: at('2027-01-31T10:00:00Z'),
      current_period_end: at('2027-02-28T10:00:00Z'),
      quantity: 1,
    });
    expect(subscription.items.data[1]).not.toHaveProperty('quantity');

    await server.control.settled();
    const events = hook.got.map(({ body, signature }) =>
      stripe.webhooks.constructEvent(body, signature, 'whsec_test'),
    );
    expect(events.map(({ type }) => type)).toEqual(
      server.sandbox.events
        .all()
        .slice(-events.length)
        .map(({ type }) => type),
    );
    expect(hook.types()).toEqual([
      'customer.created',
      'customer.updated',
      'payment_method.attached',
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
      'checkout.session.completed',
    ]);
    expect(events.at(-2)?.data.previous_attributes).toEqual({ status: 'incomplete' });
  });

  it('stays open after a refused card and asks the bank when the card wants it', async () => {
    const { stripe, server } = await start();
    const { id, url } = await openCheckout(stripe, server);
    const refused = await post(url!, { ...CARD, number: '4000000000000002' });
    expect([refused.status, await refused.text()]).toEqual([
      402,
      expect.stringContaining('Your card was declined.'),
    ]);
    const asked = await post(url!, { ...CARD, number: '4000002500003155' });
    expect(await asked.text()).toContain('Complete authentication');
    const failed = await post(url!, { ...CARD, number: '4000002500003155', action: 'refuse' });
    expect(failed.status).toBe(402);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    const confirmed = await post(url!, { ...CARD, number: '4000002500003155', action: 'confirm' });
    expect(confirmed.status).toBe(303);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('complete');
    expect((await post(url!, CARD)).status).toBe(410);
  });

  it('takes promotion codes and adds tax by country', async () => {
    const { stripe, server } = await start();
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HALF' });
    const { id, url } = await openCheckout(stripe, server, {
      allow_promotion_codes: true,
      automatic_tax: { enabled: true },
    });
    expect((await post(url!, { action: 'promotion', code: 'WRONG' })).status).toBe(400);
    await post(url!, { action: 'promotion', code: 'half' });
    await post(url!, CARD);
    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['invoice', 'subscription.discounts'],
    });
    expect(session.invoice).toMatchObject({
      subtotal: 2900,
      total: 1726,
      total_excluding_tax: 1450,
      amount_paid: 1726,
    });
    expect(session).toMatchObject({
      amount_subtotal: 2900,
      amount_total: 1726,
      total_details: { amount_tax: 276 },
    });
    const [completed] = (await stripe.events.list({ type: 'checkout.session.completed' })).data;
    expect(completed?.data.object).toMatchObject({ amount_total: 1726, payment_status: 'paid' });
    expect((session.invoice as Stripe.Invoice).total_discount_amounts?.[0]?.amount).toBe(1450);
    expect((session.invoice as Stripe.Invoice).total_taxes?.[0]).toMatchObject({
      amount: 276,
      taxable_amount: 1450,
    });
    expect((session.subscription as Stripe.Subscription).discounts).toEqual([]); // it was for once
  });

  it('asks for no card in a trial that needs none, and fails later with a card that fails later', async () => {
    const { stripe, server } = await start();
    const trial = { subscription_data: { trial_period_days: 7 } };
    const free = await openCheckout(stripe, server, { ...trial, payment_method_collection: 'if_required' });
    expect(await (await fetch(free.url!)).text()).not.toContain('Card number');
    await post(free.url!, { email: 'ada@example.com' });
    const session = await stripe.checkout.sessions.retrieve(free.id, { expand: ['subscription'] });
    expect(session).toMatchObject({
      amount_total: 0,
      subscription: { status: 'trialing', default_payment_method: null },
    });
    const later = await openCheckout(stripe, server, trial);
    await post(later.url!, { ...CARD, number: '4000000000000341' });
    await server.control.clock({ seconds: 8 * 86_400 });
    const { subscription } = await stripe.checkout.sessions.retrieve(later.id, { expand: ['subscription'] });
    expect(subscription).toMatchObject({ status: 'past_due' });
  });

  it('expires after a day', async () => {
    const { stripe, server } = await start();
    const { id } = await openCheckout(stripe, server);
    await server.control.clock({ seconds: 86_400 });
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('expired');
    const [event] = (await stripe.events.list({ type: 'checkout.session.expired' })).data;
    expect(event?.data.object).toMatchObject({ id, client_reference_id: 'workspace-1' });
  });
});

describe('the portal', () => {
  async function subscribed() {
    const started = await start();
    const session = await openCheckout(started.stripe, started.server);
    await post(session.url!, CARD);
    const { customer, subscription } = await started.stripe.checkout.sessions.retrieve(session.id);
    const portal = await started.stripe.billingPortal.sessions.create({
      customer: customer as string,
      return_url: 'http://localhost/billing',
    });
    return { ...started, portal, customer: customer as string, id: subscription as string };
  }

  it('cancels as flexible billing does, and takes it back', async () => {
    const { stripe, portal, id } = await subscribed();
    await post(portal.url, { action: 'cancel' });
    const end = at('2027-02-28T10:00:00Z');
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      cancel_at: end,
      cancel_at_period_end: false,
      status: 'active',
    });
    expect(await (await fetch(portal.url)).text()).toContain('Cancels on 2027-02-28');
    await post(portal.url, { action: 'resume' });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at: null, canceled_at: null });
  });

  it('changes the plan, the card, and shows invoices', async () => {
    const { stripe, server, portal, id, customer } = await subscribed();
    await post(portal.url, { action: 'plan', price: server.prices.pro_yearly! });
    const changed = await stripe.subscriptions.retrieve(id);
    expect(changed.items.data[0]?.price.lookup_key).toBe('pro_yearly');
    expect((await post(portal.url, { action: 'card', number: '4000000000000002' })).status).toBe(402);
    expect((await post(portal.url, { action: 'card', number: '5555 5555 5555 4444' })).status).toBe(303);
    const { invoice_settings } = (await stripe.customers.retrieve(customer, {
      expand: ['invoice_settings.default_payment_method'],
    })) as Stripe.Customer;
    expect(invoice_settings.default_payment_method).toMatchObject({
      card: { brand: 'mastercard', last4: '4444' },
    });
    const page = await (await fetch(portal.url)).text();
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(page).toContain(invoice!.number!);
    expect(page).toContain('http://localhost/billing');
    const pdf = await fetch(invoice!.invoice_pdf!);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
  });

  it('goes straight to one flow and back where it says', async () => {
    const { stripe, server, customer, id } = await subscribed();
    const portal = await stripe.billingPortal.sessions.create({
      customer,
      flow_data: {
        type: 'subscription_update_confirm',
        subscription_update_confirm: {
          subscription: id,
          items: [{ id: 'si_1', price: server.prices.business_monthly! }],
        },
        after_completion: { type: 'redirect', redirect: { return_url: 'http://localhost/changed' } },
      },
    });
    const page = await (await fetch(portal.url)).text();
    expect(page).not.toContain('Cancel plan');
    const done = await post(portal.url, { action: 'plan', price: server.prices.business_monthly! });
    expect(done.headers.get('location')).toBe('http://localhost/changed');
  });
});

describe('the wire', () => {
  it('answers errors that the SDK knows', async () => {
    const { stripe, server } = await start();
    await expect(stripe.customers.retrieve('cus_nobody')).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 404,
      code: 'resource_missing',
    });
    await expect(stripe.subscriptions.create({} as Stripe.SubscriptionCreateParams)).rejects.toMatchObject({
      statusCode: 400,
      param: 'customer',
    });
    await expect(
      stripe.customers.create({ surname: 'X' } as Stripe.CustomerCreateParams),
    ).rejects.toMatchObject({
      code: 'parameter_unknown',
      param: 'surname',
    });
    await expect(stripe.rawRequest('GET', '/v1/nothing')).rejects.toMatchObject({ statusCode: 404 });
    await expect(new Stripe('nonsense', server.client).customers.list()).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
    });
    server.control.trouble({ with: 429, times: 1 });
    await expect(stripe.customers.list()).rejects.toMatchObject({
      type: 'StripeRateLimitError',
      statusCode: 429,
    });
    const { id } = await stripe.customers.create({});
    await expect(
      stripe.paymentMethods.attach('pm_card_visa_chargeDeclined', { customer: id }),
    ).rejects.toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      decline_code: 'generic_decline',
    });
  });

  it('replays a key with the same parameters and refuses it with others', async () => {
    const { stripe } = await start();
    const first = await stripe.customers.create({ email: 'a@b.c' }, { idempotencyKey: 'one' });
    const second = await stripe.customers.create({ email: 'a@b.c' }, { idempotencyKey: 'one' });
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(
      stripe.customers.create({ email: 'x@y.z' }, { idempotencyKey: 'one' }),
    ).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    });
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it('makes one customer when the answer is lost and the SDK tries again', async () => {
    const { stripe, server } = await start();
    server.control.trouble({ with: 'hang-up', times: 1, afterwards: true });
    const retrying = new Stripe(server.key, { ...server.client, maxNetworkRetries: 2 });
    await retrying.customers.create({ email: 'a@b.c' });
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it('pages through lists, finds by metadata, and keeps nested parameters', async () => {
    const { stripe } = await start();
    for (let i = 0; i < 25; i++)
      await stripe.customers.create({ metadata: { number: `${i}`, empty: '' }, address: { country: 'DE' } });
    const page = await stripe.customers.list({ limit: 10 });
    expect([page.data.length, page.has_more]).toEqual([10, true]);
    const seen: string[] = [];
    for await (const customer of stripe.customers.list({ limit: 10 })) seen.push(customer.metadata.number!);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `${24 - i}`));
    const found = await stripe.customers.search({ query: "metadata['number']:'7'" });
    expect(found.data.map(({ metadata, address }) => [metadata, address?.country])).toEqual([
      [{ number: '7' }, 'DE'],
    ]);
    await stripe.customers.update(found.data[0]!.id, { metadata: { number: '', other: 'x' } });
    expect(await stripe.customers.retrieve(found.data[0]!.id)).toMatchObject({ metadata: { other: 'x' } });
  });

  it('finds prices by their lookup key', async () => {
    const { stripe, server } = await start();
    const { data } = await stripe.prices.list({ lookup_keys: ['pro_yearly'], expand: ['data.product'] });
    expect(data).toMatchObject([
      { id: server.prices.pro_yearly, unit_amount: 29_000, product: { name: 'Pro' } },
    ]);
    expect(
      (await stripe.prices.retrieve(server.prices.executions_usage!)).unit_amount_decimal?.toString(),
    ).toBe('0.1');
  });
});

describe('events', () => {
  it('are sent again until they are taken', async () => {
    const hook = await receiver([500, 503]);
    const { stripe, server } = await start({ webhook: hook.webhook, retryDelaysMs: [1, 1, 1] });
    await stripe.customers.create({});
    const { attempts } = await server.control.settled();
    expect(attempts).toMatchObject([{ status: 500 }, { status: 503 }, { status: 200 }]);
    expect(new Set(hook.ids()).size).toBe(1);
  });

  it('come twice, late, shuffled, badly signed, or about strangers when a test says so', async () => {
    const hook = await receiver();
    const { stripe, server } = await start({ webhook: hook.webhook, retryDelaysMs: [] });
    const { control } = server;
    await control.faults({ copies: 3 });
    await stripe.customers.create({});
    await control.faults({ late: 7200 });
    expect(hook.ids()).toHaveLength(3);
    expect(new Set(hook.ids()).size).toBe(1);
    await stripe.customers.create({});
    await control.clock({ seconds: 7199 });
    expect(hook.got).toHaveLength(3);
    await control.clock({ seconds: 1 });
    expect(hook.got).toHaveLength(4);

    await control.faults({ hold: true });
    for (let i = 0; i < 8; i++) await stripe.customers.create({});
    await control.release({ seed: 7 });
    const created = server.sandbox.events
      .all()
      .slice(-8)
      .map(({ id }) => id);
    expect(hook.ids().slice(4)).not.toEqual(created);
    expect(hook.ids().slice(4).toSorted()).toEqual(created.toSorted());

    await control.faults({ badSignature: true });
    await stripe.customers.create({});
    await control.faults({ signatureAge: 3600 });
    await stripe.customers.create({});
    await control.faults({});
    for (const { body, signature } of hook.got.slice(-2))
      expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_test')).toThrow(
        /signature|tolerance/i,
      );

    await control.foreignEvent({ type: 'customer.subscription.updated' });
    const last = hook.got.at(-1)!;
    const event = stripe.webhooks.constructEvent(last.body, last.signature, 'whsec_test');
    expect(event.data.object).toMatchObject({ customer: 'cus_of_somebody_else' });
    expect((await stripe.events.retrieve(event.id)).id).toBe(event.id);
  });

  it('are controlled over HTTP as well', async () => {
    const { server } = await start();
    const response = await fetch(`${server.origin}/_test/clock`, { method: 'POST', body: '{"seconds":60}' });
    expect(await response.json()).toEqual({ now: at('2027-01-31T10:01:00Z') });
  });
});
