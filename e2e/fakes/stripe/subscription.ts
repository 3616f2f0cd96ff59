import type { Period } from './calendar.ts';
import type { Price } from './catalog.ts';
import { newId } from './collection.ts';
import type { Discount } from './discounts.ts';
import type { Sandbox } from './sandbox.ts';

export type SubscriptionStatus =
  | 'incomplete'
  | 'incomplete_expired'
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'unpaid'
  | 'paused'
  | 'canceled';

export type Subscription = ReturnType<typeof newSubscription>;
export type SubscriptionItem = ReturnType<typeof newItem>;

export interface SubscriptionTerms {
  customer: string;
  trialEnd: number | null;
  currency: string;
  metadata: Record<string, string>;
  description: string | null;
  automaticTax: boolean;
  paymentMethod: string | null;
  flexible: boolean;
  whenTrialEndsUnpaid: 'cancel' | 'create_invoice' | 'pause';
}

/** Periods are on the items since 2025: a subscription has none of its own. */
export function newSubscription(sandbox: Sandbox, terms: SubscriptionTerms) {
  const id = newId('sub');
  const { now } = sandbox;
  return {
    id,
    object: 'subscription' as const,
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      disabled_reason: null,
      enabled: terms.automaticTax,
      liability: terms.automaticTax ? { type: 'self' } : null,
    },
    billing_cycle_anchor: terms.trialEnd ?? now,
    billing_cycle_anchor_config: null,
    billing_mode: terms.flexible
      ? { flexible: { proration_discounts: 'included' }, type: 'flexible', updated_at: now }
      : { flexible: null, type: 'classic' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null as number | null,
    cancel_at_period_end: false,
    canceled_at: null as number | null,
    cancellation_details: {
      comment: null as string | null,
      feedback: null as string | null,
      reason: null as string | null,
    },
    collection_method: 'charge_automatically',
    created: now,
    currency: terms.currency,
    customer: terms.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: terms.paymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: terms.description,
    discounts: [] as string[],
    ended_at: null as number | null,
    invoice_settings: { account_tax_ids: null, issuer: { type: 'self' } },
    items: {
      object: 'list' as const,
      data: [] as SubscriptionItem[],
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null as string | null,
    livemode: false,
    managed_payments: null,
    metadata: terms.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: (terms.trialEnd ? 'trialing' : 'incomplete') as SubscriptionStatus,
    test_clock: null,
    transfer_data: null,
    trial_end: terms.trialEnd,
    trial_settings: { end_behavior: { missing_payment_method: terms.whenTrialEndsUnpaid } },
    trial_start: terms.trialEnd ? now : null,
  };
}

export function newItem(
  sandbox: Sandbox,
  subscription: string,
  input: { price: Price; quantity: number; metadata?: Record<string, string>; period: Period },
) {
  const { price } = input;
  return {
    id: newId('si', 14),
    object: 'subscription_item' as const,
    billing_thresholds: null,
    created: sandbox.now,
    current_period_end: input.period.end,
    current_period_start: input.period.start,
    current_trial: null,
    discounts: [],
    metadata: input.metadata ?? {},
    plan: planOf(price),
    price,
    ...(isMetered(price) ? {} : { quantity: input.quantity as number | undefined }),
    subscription,
    tax_rates: [],
  };
}

/** The older form of a price, which Stripe still sends along. */
export const planOf = (price: Price) => ({
  id: price.id,
  object: 'plan',
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  currency: price.currency,
  interval: price.recurring?.interval ?? 'month',
  interval_count: price.recurring?.interval_count ?? 1,
  meter: price.recurring?.meter ?? null,
  product: price.product,
  usage_type: price.recurring?.usage_type ?? 'licensed',
});

export const isMetered = (price: Price) => price.recurring?.usage_type === 'metered';

export const isOver = (subscription: Subscription) =>
  subscription.status === 'canceled' || subscription.status === 'incomplete_expired';

/** The discounts that still count. */
export const discountsOf = (sandbox: Sandbox, subscription: Subscription): Discount[] =>
  subscription.discounts
    .map((id) => sandbox.discounts.get(id))
    .filter(({ end }) => end === null || end > sandbox.now);

export const nextPeriodEnd = (subscription: Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

export const lastPeriodEnd = (subscription: Subscription): number =>
  Math.max(...subscription.items.data.map((item) => item.current_period_end));
