import Stripe from 'stripe';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type StripeServer,
  type StripeServerOptions,
  startStripeServer,
} from '../e2e/fakes/stripe/server.ts';

const running: StripeServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

const at = (iso: string) => Date.parse(`${iso}T10:00:00Z`) / 1000;
const date = (time: number) => new Date(time * 1000).toISOString().slice(0, 10);

async function start(day: string, options: StripeServerOptions = {}) {
  const server = await startStripeServer({ now: at(day), ...options });
  running.push(server);
  const stripe = new Stripe(server.key, { ...server.client, maxNetworkRetries: 0 });
  const customer = (await stripe.customers.create({ email: 'ada@example.com' })).id;
  return { server, stripe, customer, to: (to: string) => server.control.clock({ to: at(to) }) };
}

type Started = Awaited<ReturnType<typeof start>>;

/** A customer with a card and a subscription. */
async function subscribed(
  day: string,
  price: string,
  more: Partial<Stripe.SubscriptionCreateParams> = {},
  options: StripeServerOptions = {},
) {
  const started = await start(day, options);
  const { stripe, server, customer } = started;
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: server.prices[price]! }],
    ...more,
  });
  return { ...started, id: subscription.id, item: subscription.items.data[0]!.id, subscription };
}

const invoices = async ({ stripe, customer }: Started) => (await stripe.invoices.list({ customer })).data;
const types = (server: StripeServer, prefix = '') =>
  server.sandbox.events
    .all()
    .map(({ type }) => type)
    .filter((type) => type.startsWith(prefix));
const amounts = (invoice: Stripe.Invoice) => invoice.lines.data.map(({ amount }) => amount);

describe('periods', () => {
  it.each([
    ['pro_monthly', '2027-01-31', ['2027-02-28', '2027-03-31', '2027-04-30']],
    ['pro_monthly', '2028-01-31', ['2028-02-29', '2028-03-31', '2028-04-30']],
    ['pro_yearly', '2028-02-29', ['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']],
  ])('of %s from %s end on %j', async (price, day, ends) => {
    const started = await subscribed(day, price);
    for (const end of ends) {
      const { items } = await started.stripe.subscriptions.retrieve(started.id);
      expect(date(items.data[0]!.current_period_end)).toBe(end);
      await started.to(end);
    }
    expect(await invoices(started)).toHaveLength(ends.length + 1);
  });

  it('of a yearly plan and its monthly usage go their own ways', async () => {
    const started = await start('2027-01-31');
    const { stripe, server, customer } = started;
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const { id } = await stripe.subscriptions.create({
      customer,
      default_payment_method: method.id,
      items: [{ price: server.prices.pro_yearly! }, { price: server.prices.executions_usage! }],
    });
    await started.to('2027-03-01');
    const { items } = await stripe.subscriptions.retrieve(id);
    expect(items.data.map((item) => date(item.current_period_end))).toEqual(['2028-01-31', '2027-03-31']);
  });

  it('roll over with events in order: period, draft, and the money an hour later', async () => {
    const started = await subscribed('2027-01-31', 'pro_monthly');
    const before = types(started.server).length;
    await started.to('2027-02-28');
    expect((await invoices(started))[0]).toMatchObject({
      status: 'draft',
      billing_reason: 'subscription_cycle',
    });
    await started.server.control.clock({ seconds: 3600 });
    expect((await invoices(started))[0]).toMatchObject({ status: 'paid', amount_paid: 2900 });
    expect(types(started.server).slice(before)).toEqual([
      'invoice.upcoming',
      'customer.subscription.updated',
      'invoice.created',
      'invoice.finalized',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.paid',
      'invoice.payment_succeeded',
    ]);
    const times = started.server.sandbox.events.all().map(({ created }) => created);
    expect(times).toEqual(times.toSorted());
  });
});

describe('trials', () => {
  it('cost nothing, are announced, and end in the first paid period', async () => {
    const started = await subscribed('2027-03-01', 'pro_monthly', { trial_period_days: 14 });
    expect(started.subscription).toMatchObject({ status: 'trialing', trial_end: at('2027-03-15') });
    expect((await invoices(started)).map(({ total, status }) => [total, status])).toEqual([[0, 'paid']]);
    await started.to('2027-03-11');
    expect(types(started.server)).not.toContain('customer.subscription.trial_will_end');
    await started.to('2027-03-12');
    expect(types(started.server)).toContain('customer.subscription.trial_will_end');
    await started.to('2027-03-16');
    const { status, items } = await started.stripe.subscriptions.retrieve(started.id);
    expect([status, date(items.data[0]!.current_period_end)]).toEqual(['active', '2027-04-15']);
    expect((await invoices(started))[0]).toMatchObject({ total: 2900, status: 'paid' });
  });

  it('end at once on request, and without a card as they were told', async () => {
    const started = await subscribed('2027-03-01', 'pro_monthly', { trial_period_days: 14 });
    expect(await started.stripe.subscriptions.update(started.id, { trial_end: 'now' })).toMatchObject({
      status: 'active',
    });
    expect((await invoices(started))[0]).toMatchObject({ total: 2900, status: 'paid' });
    const { stripe, server } = started;
    const poor = await stripe.customers.create({});
    const trial = (missing_payment_method: 'cancel' | 'pause') =>
      stripe.subscriptions.create({
        customer: poor.id,
        items: [{ price: server.prices.pro_monthly! }],
        trial_period_days: 1,
        trial_settings: { end_behavior: { missing_payment_method } },
      });
    const [canceled, paused] = [await trial('cancel'), await trial('pause')];
    await started.to('2027-03-03');
    expect((await stripe.subscriptions.retrieve(canceled.id)).status).toBe('canceled');
    expect((await stripe.subscriptions.retrieve(paused.id)).status).toBe('paused');
    await stripe.paymentMethods
      .attach('pm_card_visa', { customer: poor.id })
      .then((method) =>
        stripe.customers.update(poor.id, { invoice_settings: { default_payment_method: method.id } }),
      );
    expect(await stripe.subscriptions.resume(paused.id)).toMatchObject({ status: 'active' });
  });
});

describe('payments that fail', () => {
  it('make a subscription past due until a retry works', async () => {
    const started = await subscribed('2027-03-01', 'pro_monthly');
    const { server, stripe, customer } = started;
    server.control.card({ customer, outcome: 'insufficient_funds' });
    await started.to('2027-04-02');
    expect((await stripe.subscriptions.retrieve(started.id)).status).toBe('past_due');
    const [failed] = await invoices(started);
    expect(failed).toMatchObject({
      status: 'open',
      attempt_count: 1,
      next_payment_attempt: at('2027-04-04') + 3600,
    });
    await expect(stripe.invoices.pay(failed!.id)).rejects.toMatchObject({
      statusCode: 402,
      decline_code: 'insufficient_funds',
    });
    server.control.card({ customer, outcome: 'good' });
    await started.to('2027-04-20');
    expect((await stripe.subscriptions.retrieve(started.id)).status).toBe('active');
    const { payments } = await stripe.invoices.retrieve(failed!.id, {
      expand: ['payments.data.payment.payment_intent'],
    });
    expect(payments?.data[0]).toMatchObject({
      status: 'paid',
      payment: { payment_intent: { status: 'succeeded', amount: 2900 } },
    });
    expect(types(server, 'customer.subscription')).toEqual([
      'customer.subscription.created',
      'customer.subscription.updated',
      'customer.subscription.updated',
      'customer.subscription.updated',
      'customer.subscription.updated',
    ]);
  });

  it.each(['canceled', 'unpaid', 'past_due'] as const)(
    'end after the last retry as %s',
    async (afterRetries) => {
      const started = await subscribed('2027-03-01', 'pro_monthly', {}, { settings: { afterRetries } });
      started.server.control.card({ customer: started.customer, outcome: 'generic_decline' });
      await started.to('2027-04-15');
      expect(types(started.server, 'invoice.payment_failed')).toHaveLength(3);
      await started.to('2027-04-20');
      expect(types(started.server, 'invoice.payment_failed')).toHaveLength(4);
      const { status, cancellation_details } = await started.stripe.subscriptions.retrieve(started.id);
      expect(status).toBe(afterRetries);
      if (afterRetries === 'canceled') expect(cancellation_details?.reason).toBe('payment_failed');
      const [invoice] = await invoices(started);
      const paid = await fetch(invoice!.hosted_invoice_url!, {
        method: 'POST',
        body: new URLSearchParams({ number: '4242424242424242' }),
        redirect: 'manual',
      });
      expect(paid.status).toBe(303);
      expect((await started.stripe.subscriptions.retrieve(started.id)).status).toBe(
        afterRetries === 'canceled' ? 'canceled' : 'active',
      );
    },
  );

  it('leave a first invoice incomplete, refuse it, or wait, as the behaviour says', async () => {
    const { stripe, server, customer, ...started } = await start('2027-03-01');
    const items = [{ price: server.prices.pro_monthly! }];
    await expect(stripe.subscriptions.create({ customer, items })).rejects.toMatchObject({
      code: 'resource_missing',
    });
    const method = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    const common = { customer, items, default_payment_method: method.id };
    await expect(
      stripe.subscriptions.create({ ...common, payment_behavior: 'error_if_incomplete' }),
    ).rejects.toMatchObject({ type: 'StripeCardError' });
    const tried = await stripe.subscriptions.create({ ...common, expand: ['latest_invoice'] });
    expect(tried).toMatchObject({
      status: 'incomplete',
      latest_invoice: { status: 'open', attempt_count: 1 },
    });
    const waiting = await stripe.subscriptions.create({
      ...common,
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.confirmation_secret'],
    });
    expect(waiting).toMatchObject({
      latest_invoice: { attempt_count: 0, confirmation_secret: { type: 'payment_intent' } },
    });
    await started.to('2027-03-02');
    expect((await stripe.subscriptions.retrieve(tried.id)).status).toBe('incomplete_expired');
  });
});

describe('changes of plan', () => {
  const business = ({ server, item }: { server: StripeServer; item: string }) => [
    { id: item, price: server.prices.business_monthly! },
  ];

  it('are prorated by the second and shown before', async () => {
    const started = await subscribed('2027-03-01', 'pro_monthly');
    const { stripe, id, customer } = started;
    await started.to('2027-03-11'); // 21 of 31 days are left
    const change = { items: business(started), proration_behavior: 'always_invoice' as const };
    const preview = await stripe.invoices.createPreview({
      customer,
      subscription: id,
      subscription_details: change,
    });
    expect(amounts(preview)).toEqual([-1965, 6706]);
    expect(preview).toMatchObject({ amount_due: 4741, billing_reason: 'subscription_update' });
    expect((await stripe.subscriptions.retrieve(id)).items.data[0]?.price.unit_amount).toBe(2900);

    await stripe.subscriptions.update(id, change);
    const [invoice, first] = await invoices(started);
    expect(invoice).toMatchObject({ total: 4741, status: 'paid' });
    expect(invoice!.lines.data[0]?.parent?.subscription_item_details).toMatchObject({
      proration: true,
      proration_details: {
        credited_items: { invoice: first!.id, invoice_line_items: [first!.lines.data[0]!.id] },
      },
    });
    await started.to('2027-03-21'); // back with 11 days left: the credit is a part of the 6706 that were charged
    const back = { items: [{ id: started.item, price: started.server.prices.pro_monthly! }] };
    const credit = await stripe.invoices.createPreview({ subscription: id, subscription_details: back });
    expect(amounts(credit)).toEqual([-3513, 1029, 2900]); // 6706·11/21, 2900·11/31, and the next month
    await stripe.subscriptions.update(id, back);
    expect(await invoices(started)).toHaveLength(2);
    await started.to('2027-04-02');
    expect(amounts((await invoices(started))[0]!)).toEqual([-3513, 1029, 2900]);
    expect(await stripe.invoiceItems.list({ pending: true })).toMatchObject({ data: [] });
  });

  it('to another interval start anew and are paid at once', async () => {
    const started = await subscribed('2027-03-01', 'pro_monthly');
    await started.to('2027-03-11');
    const items = [{ id: started.item, price: started.server.prices.pro_yearly! }];
    const preview = await started.stripe.invoices.createPreview({
      subscription: started.id,
      subscription_details: { items },
    });
    expect(preview.amount_due).toBe(27_035);
    const changed = await started.stripe.subscriptions.update(started.id, { items });
    expect(changed.items.data[0]).toMatchObject({
      id: started.item,
      current_period_start: at('2027-03-11'),
      current_period_end: at('2028-03-11'),
    });
    expect(changed.billing_cycle_anchor).toBe(at('2027-03-11'));
    expect((await invoices(started))[0]).toMatchObject({ total: 27_035, status: 'paid' });
  });

  it('keep a credit on the customer, which pays the next invoice', async () => {
    const started = await subscribed('2027-03-01', 'business_monthly');
    const items = [{ id: started.item, price: started.server.prices.pro_monthly! }];
    await started.to('2027-03-11');
    await started.stripe.subscriptions.update(started.id, { items, proration_behavior: 'always_invoice' });
    expect((await invoices(started))[0]).toMatchObject({ total: 1965 - 6706, amount_due: 0, status: 'paid' });
    expect(await started.stripe.customers.retrieve(started.customer)).toMatchObject({ balance: -4741 });
    await started.to('2027-04-02');
    expect((await invoices(started))[0]).toMatchObject({
      total: 2900,
      starting_balance: -4741,
      ending_balance: -1841,
      amount_due: 0,
    });
  });

  it('cost nothing in a trial or without proration, and do not happen when the card must work and does not', async () => {
    const trial = await subscribed('2027-03-01', 'pro_monthly', { trial_period_days: 14 });
    await trial.stripe.subscriptions.update(trial.id, {
      items: business(trial),
      proration_behavior: 'always_invoice',
    });
    expect(await invoices(trial)).toHaveLength(1);
    const none = await subscribed('2027-03-01', 'pro_monthly');
    await none.stripe.subscriptions.update(none.id, { items: business(none), proration_behavior: 'none' });
    expect(await invoices(none)).toHaveLength(1);
    const poor = await subscribed('2027-03-01', 'pro_monthly');
    poor.server.control.card({ customer: poor.customer, outcome: 'generic_decline' });
    const change = {
      items: business(poor),
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    } as const;
    await expect(poor.stripe.subscriptions.update(poor.id, change)).rejects.toMatchObject({
      statusCode: 402,
    });
    expect((await poor.stripe.subscriptions.retrieve(poor.id)).items.data[0]?.price.id).toBe(
      poor.server.prices.pro_monthly,
    );
  });

  it('count the quantity and what a coupon took off', async () => {
    const { stripe, server, customer, to } = await start('2027-03-01');
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const coupon = await stripe.coupons.create({
      percent_off: 10,
      duration: 'repeating',
      duration_in_months: 2,
    });
    const { id, items } = await stripe.subscriptions.create({
      customer,
      default_payment_method: method.id,
      discounts: [{ coupon: coupon.id }],
      items: [{ price: server.prices.pro_monthly!, quantity: 2 }],
    });
    await to('2027-03-11');
    const preview = await stripe.invoices.createPreview({
      subscription: id,
      subscription_details: {
        items: [{ id: items.data[0]!.id, quantity: 3 }],
        proration_behavior: 'always_invoice',
      },
    });
    expect(amounts(preview)).toEqual([-3536, 5304]); // (5220, 7830)·21/31: what is left after 10 %
    await to('2027-05-02');
    const { data } = await stripe.invoices.list({ customer });
    expect(data.map(({ total }) => total)).toEqual([5800, 5220, 5220]); // March and April with the coupon, May without
  });
});

describe('amounts', () => {
  it('share a fixed discount among the lines to the cent, and have inclusive tax inside', async () => {
    const { stripe, server, customer } = await start('2027-03-01', { settings: { taxPercent: { DE: 19 } } });
    await stripe.customers.update(customer, { address: { country: 'DE' } });
    const coupon = await stripe.coupons.create({ amount_off: 1000, currency: 'usd', duration: 'forever' });
    const inclusive = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1190,
      product_data: { name: 'Support' },
      recurring: { interval: 'month' },
      tax_behavior: 'inclusive',
    });
    const items = [{ price: server.prices.pro_monthly! }, { price: inclusive.id }];
    const preview = (discounts: Stripe.InvoiceCreatePreviewParams.Discount[]) =>
      stripe.invoices.createPreview({
        customer,
        automatic_tax: { enabled: true },
        discounts,
        subscription_details: { items },
      });
    expect(await preview([])).toMatchObject({
      subtotal: 4090,
      total: 2900 + 551 + 1190,
      total_excluding_tax: 3900,
    });
    const cheaper = await preview([{ coupon: coupon.id }]);
    expect(cheaper.lines.data.map((line) => line.discount_amounts?.[0]?.amount)).toEqual([709, 291]);
    expect(cheaper).toMatchObject({ total: 2191 + 416 + 899, automatic_tax: { status: 'complete' } });
    expect((await stripe.invoices.list()).data).toEqual([]);
  });
});

describe('cancelling', () => {
  it('at the end of the period, by its name or by a time, and taken back', async () => {
    const started = await subscribed('2027-03-01', 'pro_monthly');
    const { stripe, id } = started;
    const end = at('2027-04-01');
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({
      cancel_at: end,
      cancel_at_period_end: true,
    });
    await expect(stripe.invoices.createPreview({ subscription: id })).rejects.toMatchObject({
      code: 'invoice_upcoming_none',
    });
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
      cancel_at: null,
    });
    expect(await stripe.subscriptions.update(id, { cancel_at: 'min_period_end' })).toMatchObject({
      cancel_at: end,
      cancel_at_period_end: false,
    });
    await started.to('2027-04-01');
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', ended_at: end });
    expect(types(started.server).at(-1)).toBe('customer.subscription.deleted');
    expect(await invoices(started)).toHaveLength(1);
    await expect(stripe.subscriptions.update(id, { cancel_at_period_end: false })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('now, with a credit for the rest', async () => {
    const started = await subscribed('2027-03-01', 'pro_monthly');
    await started.to('2027-03-11');
    await started.stripe.subscriptions.cancel(started.id, { prorate: true, invoice_now: true });
    expect((await invoices(started))[0]).toMatchObject({ total: -1965, status: 'paid' });
    expect((await started.stripe.subscriptions.list({ customer: started.customer })).data).toEqual([]);
    expect(
      (await started.stripe.subscriptions.list({ customer: started.customer, status: 'all' })).data,
    ).toHaveLength(1);
  });
});

describe('usage', () => {
  it('counts once for each identifier and is billed when the period ends', async () => {
    const started = await subscribed('2027-03-01', 'executions_usage');
    const { stripe, server, customer } = started;
    const report = (identifier: string, value: number, timestamp?: number) =>
      stripe.billing.meterEvents.create({
        event_name: 'executions',
        identifier,
        payload: { stripe_customer_id: customer, value: `${value}` },
        ...(timestamp && { timestamp }),
      });
    await report('a', 12_000);
    await expect(report('a', 12_000)).rejects.toMatchObject({ statusCode: 400 });
    await started.to('2027-03-20');
    await report('b', 300);
    await expect(report('old', 1, at('2027-01-01'))).rejects.toMatchObject({
      code: 'timestamp_too_far_in_past',
    });
    const meter = (await stripe.billing.meters.list()).data[0]!;
    const range = { customer, start_time: at('2027-03-01'), end_time: at('2027-04-01') };
    const whole = await stripe.billing.meters.listEventSummaries(meter.id, range);
    expect(whole.data.map((summary) => summary.aggregated_value)).toEqual([12_300]);
    const days = await stripe.billing.meters.listEventSummaries(meter.id, {
      ...range,
      value_grouping_window: 'day',
    });
    expect(days.data.map((summary) => [date(summary.start_time), summary.aggregated_value])).toEqual([
      ['2027-03-20', 300],
      ['2027-03-01', 12_000],
    ]);
    const preview = await stripe.invoices.createPreview({ subscription: started.id });
    expect(preview.total).toBe(1230);
    await started.to('2027-04-01');
    await report('c', 45, at('2027-04-01') - 60); // of the old period, while its invoice is a draft
    await report('d', 1_000_000);
    await server.control.clock({ seconds: 3600 });
    const [invoice] = await invoices(started);
    expect(invoice).toMatchObject({ total: 1235, status: 'paid' }); // 12,345 at a tenth of a cent
    expect(invoice!.lines.data[0]).toMatchObject({
      quantity: 12_345,
      period: { start: at('2027-03-01'), end: at('2027-04-01') },
    });
  });

  it('may have steps', async () => {
    const { stripe, customer, ...started } = await subscribed('2027-03-01', 'pro_monthly');
    const { data } = await stripe.billing.meters.list();
    const price = await stripe.prices.create({
      currency: 'usd',
      product_data: { name: 'Steps' },
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers: [
        { up_to: 1000, unit_amount: 0 },
        { up_to: 'inf', unit_amount_decimal: Stripe.Decimal.from('0.5') },
      ],
      recurring: { interval: 'month', usage_type: 'metered', meter: data[0]!.id },
    });
    await stripe.subscriptions.update(started.id, { items: [{ price: price.id }] });
    await stripe.billing.meterEvents.create({
      event_name: 'executions',
      payload: { stripe_customer_id: customer, value: '1500' },
    });
    await started.to('2027-04-02');
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(amounts(invoice!)).toEqual([2900, 250]);
  });
});
