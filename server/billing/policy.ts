import type Stripe from 'stripe';
import { BILLING_INTERVALS, type BillingInterval, PLAN_KEYS, type SoldPlan } from '../plans/schema.ts';
import { isUsage, planOfPrice } from './catalog.ts';
import { GRACE_DAYS, type SubscriptionView } from './schema.ts';

/** What a row of `subscription` holds of Stripe’s truth. */
export interface SubscriptionState {
  subscriptionId: string | null;
  plan: SoldPlan | null;
  interval: BillingInterval | null;
  status: string | null;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  billingAnchor: Date | null;
  trialEndsAt: Date | null;
  trialUsedAt: Date | null;
  cancelAt: Date | null;
  pastDueSince: Date | null;
  metered: boolean;
}

/** A subscription with the item that its plan is. */
export interface PlanSubscription {
  subscription: Stripe.Subscription;
  plan: SoldPlan;
  interval: BillingInterval;
  item: Stripe.SubscriptionItem;
}

/** How good a subscription is, by its status; those that are over are not here. */
const RANK: Record<string, number> = {
  active: 4,
  trialing: 4,
  past_due: 3,
  unpaid: 2,
  paused: 1,
  incomplete: 0,
};

export const isOver = ({ status }: Pick<Stripe.Subscription, 'status'>): boolean => !(status in RANK);

/** The one that counts of all that a customer has: one that holds before one that does not, the larger plan, the newest. */
export function chooseSubscription(subscriptions: readonly Stripe.Subscription[]): PlanSubscription | null {
  const candidates = subscriptions.flatMap((subscription) => {
    const found = isOver(subscription) ? null : planItemOf(subscription);
    return found ? [{ subscription, ...found }] : [];
  });
  candidates.sort(
    (a, b) =>
      RANK[b.subscription.status]! - RANK[a.subscription.status]! ||
      PLAN_KEYS.indexOf(b.plan) - PLAN_KEYS.indexOf(a.plan) ||
      b.subscription.created - a.subscription.created ||
      b.subscription.id.localeCompare(a.subscription.id),
  );
  return candidates[0] ?? null;
}

function planItemOf(subscription: Stripe.Subscription): Omit<PlanSubscription, 'subscription'> | null {
  for (const item of subscription.items.data) {
    const plan = planOfPrice(item.price);
    const interval = item.price.recurring?.interval;
    if (plan && !isUsage(item.price) && isInterval(interval)) return { plan, interval, item };
  }
  return null;
}

const isInterval = (text: string | undefined): text is BillingInterval =>
  (BILLING_INTERVALS as readonly (string | undefined)[]).includes(text);

export const usageItemsOf = (subscription: Stripe.Subscription): Stripe.SubscriptionItem[] =>
  subscription.items.data.filter(({ price }) => isUsage(price) && planOfPrice(price) !== null);

/** Whether executions beyond the plan’s are billed, at this plan’s price and no other. */
export function isMetered({ subscription, plan }: PlanSubscription): boolean {
  const items = usageItemsOf(subscription);
  return items.length === 1 && planOfPrice(items[0]!.price) === plan;
}

/** What the row of a customer must say. `openInvoices` are those of the chosen subscription that wait for money. */
export function stateOf(
  subscriptions: readonly Stripe.Subscription[],
  openInvoices: readonly Stripe.Invoice[],
): SubscriptionState {
  const chosen = chooseSubscription(subscriptions);
  const trials = subscriptions.flatMap(({ trial_start }) => trial_start ?? []);
  const trialUsedAt = trials.length > 0 ? fromSeconds(Math.min(...trials)) : null;
  if (!chosen) return { ...NOTHING, trialUsedAt, status: latestStatus(subscriptions) };
  const { subscription, plan, interval, item } = chosen;
  return {
    subscriptionId: subscription.id,
    ...{ plan, interval, trialUsedAt },
    status: subscription.status,
    currentPeriodStart: fromSeconds(item.current_period_start),
    currentPeriodEnd: fromSeconds(item.current_period_end),
    billingAnchor: fromSeconds(subscription.billing_cycle_anchor),
    trialEndsAt:
      subscription.status === 'trialing' && subscription.trial_end !== null
        ? fromSeconds(subscription.trial_end)
        : null,
    cancelAt: cancelTimeOf(chosen),
    pastDueSince: isOwing(subscription) ? dueSince(openInvoices) : null,
    metered: isMetered(chosen),
  };
}

const NOTHING: Omit<SubscriptionState, 'trialUsedAt' | 'status'> = {
  subscriptionId: null,
  plan: null,
  interval: null,
  currentPeriodStart: null,
  currentPeriodEnd: null,
  billingAnchor: null,
  trialEndsAt: null,
  cancelAt: null,
  pastDueSince: null,
  metered: false,
};

const latestStatus = (subscriptions: readonly Stripe.Subscription[]): string | null =>
  subscriptions.reduce<Stripe.Subscription | null>(
    (latest, one) => (isOver(one) && (!latest || one.created > latest.created) ? one : latest),
    null,
  )?.status ?? null;

/** A payment is open. */
export const isOwing = ({ status }: Stripe.Subscription): boolean =>
  status === 'past_due' || status === 'unpaid';

/** When it ends; null: nobody cancelled it. */
export function cancelTimeOf({ subscription, item }: PlanSubscription): Date | null {
  if (subscription.cancel_at !== null) return fromSeconds(subscription.cancel_at);
  return subscription.cancel_at_period_end ? fromSeconds(item.current_period_end) : null;
}

/** When the first of them became due, as Stripe says and not when we heard of it. */
function dueSince(openInvoices: readonly Stripe.Invoice[]): Date | null {
  const times = openInvoices
    .filter(({ attempted, due_date }) => attempted || due_date !== null)
    .map(
      ({ due_date, status_transitions, created }) => due_date ?? status_transitions.finalized_at ?? created,
    );
  return times.length > 0 ? fromSeconds(Math.min(...times)) : null;
}

/** What a row and Stripe say differently. */
export function differencesOf(
  row: SubscriptionState,
  state: SubscriptionState,
): { field: string; here: unknown; inStripe: unknown }[] {
  return (Object.keys(state) as (keyof SubscriptionState)[])
    .filter((field) => plain(row[field]) !== plain(state[field]))
    .map((field) => ({ field, here: row[field], inStripe: state[field] }));
}

const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);

/** For the pages; null when there is none, or it is over. */
export function viewOf(row: SubscriptionRow | null): SubscriptionView | null {
  if (!row?.subscriptionId || !row.plan || !row.interval || !row.status || !row.currentPeriodEnd) return null;
  const { plan, interval, status, currentPeriodEnd, trialEndsAt, cancelAt, pastDueSince } = row;
  const graceEndsAt =
    status === 'past_due' && pastDueSince ? new Date(pastDueSince.getTime() + GRACE_DAYS * 86_400_000) : null;
  return {
    ...{ currentPeriodEnd, trialEndsAt, cancelAt, pastDueSince, graceEndsAt },
    plan: plan as SubscriptionView['plan'],
    interval: interval as SubscriptionView['interval'],
    status: status as SubscriptionView['status'],
  };
}

/** The same, as the database has it. */
export type SubscriptionRow = Omit<SubscriptionState, 'plan' | 'interval'> & {
  plan: string | null;
  interval: string | null;
};

export const fromSeconds = (seconds: number): Date => new Date(seconds * 1000);
