import { type Billing, GRACE_DAYS, type SubscriptionView } from '#server/billing/schema.ts';
import { PLANS } from '#server/plans/schema.ts';
import { daysUntil, formatDay, inDays } from './dates.ts';
import { formatMoney } from './money.ts';

export interface PlanState {
  /** Beside the plan's name; null: nothing special. */
  badge: { text: string; tone: 'success' | 'warning' | 'danger' | 'neutral' } | null;
  text: string;
  /** What to do about it: take a cancellation back, or settle what is open on Stripe's page. */
  todo: 'keep' | 'pay' | null;
}

/** A subscription that is there: it is changed, not bought anew. */
export const isUnderWay = (subscription: SubscriptionView | null): subscription is SubscriptionView =>
  subscription !== null && !['canceled', 'incomplete_expired'].includes(subscription.status);

/** Whether another plan can be chosen; while a payment is open that comes first. */
export const isSettled = ({ status }: SubscriptionView): boolean =>
  status === 'trialing' || status === 'active';

/** In which state the plan is, in words. */
export function planState({ plan, overridden, subscription }: Billing, now: number): PlanState {
  if (overridden)
    return {
      badge: { text: 'Set by the operator', tone: 'neutral' },
      text: isUnderWay(subscription)
        ? 'The operator chose this plan for you. Your subscription goes on beside it and changes nothing meanwhile.'
        : 'The operator chose this plan for you.',
      todo: null,
    };
  if (!isUnderWay(subscription))
    return { badge: null, text: plan === 'free' ? 'It costs nothing and does not end.' : '', todo: null };
  return stateOf(subscription, now);
}

function stateOf(subscription: SubscriptionView, now: number): PlanState {
  const { status, currentPeriodEnd, trialEndsAt, cancelAt, interval } = subscription;
  const { name, prices } = PLANS[subscription.plan];
  const price = prices ? `${formatMoney(prices[interval])} a ${interval}` : '';
  if (status === 'past_due') return pastDue(subscription, name, now);
  if (status === 'unpaid')
    return {
      badge: { text: 'Not paid', tone: 'danger' },
      text: `A payment is still open, so the workspace is on the Free plan. Pay the open invoice, and ${name} holds again at once.`,
      todo: 'pay',
    };
  if (status === 'incomplete')
    return {
      badge: { text: 'Not confirmed', tone: 'warning' },
      text: `The first payment was not confirmed. Confirm it or use another card, and ${name} begins.`,
      todo: 'pay',
    };
  if (status === 'paused')
    return {
      badge: { text: 'Trial over', tone: 'warning' },
      text: `The trial ended without a card. Add one, and ${name} goes on.`,
      todo: 'pay',
    };
  if (cancelAt)
    return {
      badge: { text: 'Cancelled', tone: 'warning' },
      text: `${name} holds until ${formatDay(cancelAt, now)}. Then the workspace is on the Free plan; nothing is deleted but executions older than it keeps.`,
      todo: 'keep',
    };
  if (status === 'trialing' && trialEndsAt)
    return {
      badge: { text: `Trial, ${inDays(daysUntil(trialEndsAt, now))} left`, tone: 'success' },
      text: `Free until ${formatDay(trialEndsAt, now)}, then ${price}. Cancel before that and you pay nothing.`,
      todo: null,
    };
  return {
    badge: null,
    text: `${price}. Renews on ${formatDay(currentPeriodEnd, now)}.`,
    todo: null,
  };
}

function pastDue({ pastDueSince, graceEndsAt }: SubscriptionView, name: string, now: number): PlanState {
  const since = pastDueSince ? ` on ${formatDay(pastDueSince, now)}` : '';
  const holds =
    graceEndsAt && graceEndsAt.getTime() <= now
      ? `The ${GRACE_DAYS} days in which ${name} still held are over, and the workspace is on the Free plan.`
      : `${name} holds${graceEndsAt ? ` until ${formatDay(graceEndsAt, now)}` : ' for now'}, then the workspace goes to the Free plan.`;
  return {
    badge: { text: 'Payment failed', tone: 'danger' },
    text: `A payment failed${since}. ${holds} Pay the open invoice or use another card to keep everything as it is.`,
    todo: 'pay',
  };
}
