import { DateTime } from 'luxon';
import type Stripe from 'stripe';
import { audit } from '../audit/store.ts';
import type { Transaction } from '../db.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { type Catalog, loadCatalog, lookupKey, planOfPrice, priceOf } from './catalog.ts';
import type { Choice } from './checkout.ts';
import { withStripe } from './gateway.ts';
import { withBillingLock } from './lock.ts';
import { cancelTimeOf, fromSeconds, type PlanSubscription, usageItemsOf } from './policy.ts';
import { currentSubscription } from './queries.ts';
import type { ChangePreview } from './schema.ts';
import { syncLocked } from './sync.ts';

/** What another plan or interval would cost now and next, by Stripe. Throws NOT_FOUND without a subscription, CONFLICT for the same. */
export const previewChange = (scope: WorkspaceScope, choice: Choice): Promise<ChangePreview> =>
  withStripe(async (stripe) => {
    const { current } = await currentSubscription(stripe, scope.workspaceId);
    assertOther(current, choice);
    const details = await changeOf(stripe, current, choice);
    const preview = (proration_behavior: 'always_invoice' | 'none') =>
      stripe.invoices.createPreview({
        subscription: current.subscription.id,
        subscription_details: { ...details, proration_behavior },
      });
    const [now, next] = await Promise.all([preview('always_invoice'), preview('none')]);
    return {
      currency: now.currency,
      dueNow: now.total < 0 ? now.total : now.amount_due,
      lines: linesOf(now),
      nextAmount: next.total,
      nextAt: nextTime(current, choice),
    };
  });

/**
 * Changes plan or interval at once: more is charged now, less becomes a credit for the next invoices. One that was cancelled
 * goes on. When the card is refused nothing changes (UNPROCESSABLE_CONTENT). Throws NOT_FOUND, CONFLICT as the preview.
 */
export const change = (scope: WorkspaceScope, choice: Choice): Promise<void> =>
  changeSubscription(scope, 'billing.change', async (stripe, current) => {
    assertOther(current, choice);
    await stripe.subscriptions.update(current.subscription.id, {
      ...(await changeOf(stripe, current, choice)),
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    });
    return { ...choice };
  });

/** Ends the plan with the time that is paid for; one that nobody has paid for ends at once. */
export const cancel = (scope: WorkspaceScope): Promise<void> =>
  changeSubscription(scope, 'billing.cancel', async (stripe, current) => {
    if (cancelTimeOf(current)) return null;
    const { id, status } = current.subscription;
    if (status === 'incomplete' || status === 'unpaid' || status === 'paused')
      await stripe.subscriptions.cancel(id);
    else await stripe.subscriptions.update(id, cancellation(current));
    return { plan: current.plan };
  });

/** Takes a cancellation back. */
export const resume = (scope: WorkspaceScope): Promise<void> =>
  changeSubscription(scope, 'billing.resume', async (stripe, current) => {
    if (!cancelTimeOf(current)) return null;
    await stripe.subscriptions.update(current.subscription.id, takingBack(current));
    return { plan: current.plan };
  });

/**
 * The end of what is paid for the plan. Said as a time: `cancel_at_period_end` would end a yearly plan with the first month
 * of its usage.
 */
export const cancellation = ({ item }: PlanSubscription): Stripe.SubscriptionUpdateParams => ({
  cancel_at: item.current_period_end,
  proration_behavior: 'none',
});

/** In the form in which it was cancelled: Stripe takes only one of them. */
export const takingBack = ({ subscription }: PlanSubscription) =>
  subscription.cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: '' as const };

/** Does it under the lock and writes down what came of it; `work` answers what to audit, null when there was nothing to do. */
const changeSubscription = (
  scope: WorkspaceScope,
  action: `billing.${string}`,
  work: (stripe: Stripe, current: PlanSubscription) => Promise<object | null>,
): Promise<void> =>
  withStripe((stripe) =>
    withBillingLock(scope.workspaceId, async (tx: Transaction) => {
      const { workspaceId } = scope;
      const { current, customerId } = await currentSubscription(stripe, workspaceId, tx);
      const { plan, interval } = current;
      const after = await work(stripe, current);
      await syncLocked(tx, stripe, { workspaceId, customerId });
      if (after)
        await audit(tx, scope, { action, subjectId: workspaceId, before: { plan, interval }, after });
    }),
  );

function assertOther(current: PlanSubscription, { plan, interval }: Choice): void {
  if (current.plan === plan && current.interval === interval)
    throw new AppError('CONFLICT', 'This is the plan that you have.');
  if (!['active', 'trialing'].includes(current.subscription.status))
    throw new AppError('CONFLICT', 'A payment is open. Pay it first, then change the plan.');
}

async function changeOf(stripe: Stripe, current: PlanSubscription, choice: Choice) {
  const catalog = await loadCatalog(stripe);
  return {
    items: [
      { id: current.item.id, price: priceOf(catalog, choice.plan, choice.interval) },
      ...usageOf(catalog, current, choice),
    ],
    ...(cancelTimeOf(current) && takingBack(current)),
  };
}

/** The price of usage goes with the plan. */
function usageOf(catalog: Catalog, { subscription }: PlanSubscription, { plan }: Choice) {
  const price = catalog.prices.get(lookupKey(plan, 'usage'));
  const other = usageItemsOf(subscription).filter((item) => planOfPrice(item.price) !== plan);
  return price ? other.slice(0, 1).map(({ id }) => ({ id, price })) : [];
}

/** Lines as the invoice has them, then what applies to all of it: together they are the total. */
function linesOf(invoice: Stripe.Invoice): ChangePreview['lines'] {
  const sum = (amounts: readonly { amount: number }[] | null) =>
    (amounts ?? []).reduce((total, { amount }) => total + amount, 0);
  const lines = invoice.lines.data.map(({ description, amount }) => ({
    description: description ?? 'Other',
    amount,
  }));
  const discount = -sum(invoice.total_discount_amounts);
  const tax = invoice.total - sum(lines) - discount;
  return [
    ...lines,
    ...(discount === 0 ? [] : [{ description: 'Discount', amount: discount }]),
    ...(tax === 0 ? [] : [{ description: 'Tax', amount: tax }]),
  ];
}

/** Another interval begins now, except in a trial; the same goes on to its end. */
function nextTime({ subscription, item, interval }: PlanSubscription, choice: Choice): Date {
  const end = fromSeconds(item.current_period_end);
  if (interval === choice.interval || subscription.status === 'trialing') return end;
  return DateTime.utc()
    .plus(choice.interval === 'year' ? { years: 1 } : { months: 1 })
    .toJSDate();
}
