import { DAY, periodAt } from './calendar.ts';
import type { Price } from './catalog.ts';
import { chooseDiscounts, type DiscountChoice, redeem } from './discounts.ts';
import { invalid, missingParameter } from './failure.ts';
import { buildInvoice, createInvoice } from './invoice.ts';
import { type InvoiceLine, periodLine, trialLine } from './invoice-lines.ts';
import { finalizeInvoice, outcomeOf, payInvoice } from './invoice-payment.ts';
import type { Params } from './params.ts';
import { declined } from './payment-methods.ts';
import type { Sandbox } from './sandbox.ts';
import {
  isMetered,
  newItem,
  newSubscription,
  type Subscription,
  type SubscriptionTerms,
} from './subscription.ts';

export type PaymentBehavior = 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete';

export interface NewSubscription {
  terms: SubscriptionTerms;
  items: { price: Price; quantity: number; metadata?: Record<string, string> }[];
  discounts: DiscountChoice[];
  behavior: PaymentBehavior;
  checkoutSession?: string;
}

export const SUBSCRIPTION_PARAMS = [
  'automatic_tax',
  'billing_mode',
  'collection_method',
  'customer',
  'default_payment_method',
  'description',
  'discounts',
  'items',
  'metadata',
  'off_session',
  'payment_behavior',
  'payment_settings',
  'proration_behavior',
  'trial_end',
  'trial_period_days',
  'trial_settings',
];

export function createFromParams(sandbox: Sandbox, params: Params): Subscription {
  const items = itemsFrom(sandbox, params.list('items') ?? []);
  const behaviors = ['allow_incomplete', 'default_incomplete', 'error_if_incomplete'] as const;
  return createSubscription(sandbox, {
    terms: {
      ...termsFrom(sandbox, params, items[0]?.price.currency),
      customer: sandbox.customers.get(params.required('customer'), 'customer').id,
    },
    items,
    discounts: chooseDiscounts(sandbox, params) ?? [],
    behavior: params.choice('payment_behavior', behaviors) ?? 'allow_incomplete',
  });
}

/** Prices and quantities of `items` or `line_items`. */
export function itemsFrom(sandbox: Sandbox, entries: Params[]) {
  return entries.map((entry) => {
    const price = sandbox.prices.get(entry.required('price'), 'price');
    if (!price.active) throw invalid(`The price specified is inactive.`, 'price');
    if (!price.recurring) throw invalid(`The price specified is set to type=one_time.`, 'price');
    if (isMetered(price) && entry.has('quantity'))
      throw invalid(`Quantity should not be specified where usage_type is metered.`, 'quantity');
    return { price, quantity: entry.integer('quantity') ?? 1, metadata: entry.metadata() };
  });
}

/** The same names in `subscriptions.create` and in `subscription_data` of a checkout. */
export function termsFrom(sandbox: Sandbox, params: Params | undefined, currency = 'usd') {
  const days = params?.integer('trial_period_days');
  const end = params?.text('trial_end') === 'now' ? undefined : params?.integer('trial_end');
  const method = params?.text('default_payment_method');
  return {
    currency,
    trialEnd: end ?? (days ? sandbox.now + days * DAY : null),
    metadata: params?.metadata() ?? {},
    description: params?.text('description') ?? null,
    automaticTax: params?.inside('automatic_tax')?.flag('enabled') ?? false,
    paymentMethod: method ? sandbox.paymentMethods.get(method, 'default_payment_method').id : null,
    flexible: params?.inside('billing_mode')?.choice('type', ['classic', 'flexible']) !== 'classic',
    whenTrialEndsUnpaid:
      params
        ?.inside('trial_settings')
        ?.inside('end_behavior')
        ?.choice('missing_payment_method', ['cancel', 'create_invoice', 'pause']) ??
      ('create_invoice' as const),
  };
}

/** Makes it, invoices its first period and takes the money. A refused card is a 402 only if the behaviour says so. */
export function createSubscription(sandbox: Sandbox, input: NewSubscription): Subscription {
  if (input.items.length === 0) throw missingParameter('items');
  const subscription = draftSubscription(sandbox, input);
  const lines = firstLines(sandbox, subscription);
  const due = buildInvoice(sandbox, { ...firstInvoice(sandbox, subscription), lines }).amount_due;
  if (due > 0) checkCard(sandbox, subscription, input);

  const owner = {
    customer: input.terms.customer,
    subscription: subscription.id,
    checkout_session: input.checkoutSession ?? null,
  };
  subscription.discounts = input.discounts.map((choice) => redeem(sandbox, choice, owner).id);
  sandbox.subscriptions.add(subscription);
  sandbox.emit('customer.subscription.created', subscription);
  const invoice = createInvoice(sandbox, {
    ...firstInvoice(sandbox, subscription),
    lines,
    finalizesAt: null,
  });
  finalizeInvoice(sandbox, invoice);
  if (invoice.status === 'open' && input.behavior !== 'default_incomplete') payInvoice(sandbox, invoice);
  return subscription;
}

/** A subscription with its items that is nowhere yet, for amounts that are only shown. */
export function draftSubscription(
  sandbox: Sandbox,
  input: Pick<NewSubscription, 'terms' | 'items'>,
): Subscription {
  const { trialEnd } = input.terms;
  const subscription = newSubscription(sandbox, input.terms);
  subscription.items.data = input.items.map((item) => {
    const period = trialEnd
      ? { start: sandbox.now, end: trialEnd }
      : periodAt(sandbox.now, item.price.recurring!, sandbox.now);
    return newItem(sandbox, subscription.id, { ...item, period });
  });
  return subscription;
}

export function firstLines(sandbox: Sandbox, subscription: Subscription): InvoiceLine[] {
  const trialing = subscription.status === 'trialing';
  return subscription.items.data
    .filter((item) => !isMetered(item.price))
    .map((item) =>
      trialing
        ? trialLine(sandbox, subscription, item)
        : periodLine(sandbox, subscription, item, {
            start: item.current_period_start,
            end: item.current_period_end,
          }),
    );
}

const firstInvoice = (sandbox: Sandbox, subscription: Subscription) => ({
  subscription,
  reason: 'subscription_create' as const,
  period: { start: sandbox.now, end: sandbox.now },
});

function checkCard(sandbox: Sandbox, subscription: Subscription, input: NewSubscription): void {
  if (input.behavior === 'default_incomplete') return;
  const customer = sandbox.customers.get(subscription.customer);
  const method = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  if (!method)
    throw invalid(
      'This customer has no attached payment source or default payment method.',
      undefined,
      'resource_missing',
    );
  const outcome = outcomeOf(sandbox, method, false);
  if (outcome !== 'good' && input.behavior === 'error_if_incomplete') throw declined(outcome);
}
