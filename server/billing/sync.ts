import type Stripe from 'stripe';
import type { Transaction } from '../db.ts';
import { env } from '../env.ts';
import { log } from '../log.ts';
import { applyPlan } from '../plans/apply.ts';
import { tellAdmins } from '../usage/watch.ts';
import { loadCatalog, lookupKey, planOfPrice } from './catalog.ts';
import { isMissing, stripeErrorOf, withStripe } from './gateway.ts';
import { withBillingLock } from './lock.ts';
import {
  chooseSubscription,
  isMetered,
  isOver,
  isOwing,
  type PlanSubscription,
  type SubscriptionState,
  stateOf,
  usageItemsOf,
} from './policy.ts';
import { GRACE_DAYS } from './schema.ts';

/**
 * Reads from Stripe what a workspace has bought, writes it down and puts the workspace on that plan. One after the other for
 * each workspace, so the last to read is the last to write, in whatever order events arrive. Does nothing for a workspace
 * that Stripe does not know, or that was read after `heardAt` (by the database's clock).
 */
export const syncWorkspace = (workspaceId: string, heardAt?: Date): Promise<void> =>
  withStripe((stripe) =>
    withBillingLock(workspaceId, async (tx) => {
      const row = await tx.subscription.findUnique({
        where: { workspaceId },
        select: { customerId: true, syncedAt: true },
      });
      if (!row) return;
      if (heardAt && row.syncedAt && row.syncedAt > heardAt) return;
      await syncLocked(tx, stripe, { workspaceId, customerId: row.customerId });
    }),
  );

export interface Customer {
  workspaceId: string;
  customerId: string;
}

/** The same for whoever has the lock. Answers the subscription that counts. */
export async function syncLocked(
  tx: Transaction,
  stripe: Stripe,
  { workspaceId, customerId }: Customer,
): Promise<PlanSubscription | null> {
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`select clock_timestamp()::timestamptz(3) as now`;
  const subscriptions = await alignUsage(stripe, await listSubscriptions(stripe, customerId));
  const state = stateOf(subscriptions, await listOpenInvoices(stripe, subscriptions));
  if (subscriptions.filter((one) => !isOver(one)).length > 1)
    log.warn({ workspaceId, customerId }, 'a customer pays for several subscriptions');
  const before = await tx.subscription.findUniqueOrThrow({
    where: { workspaceId },
    select: { trialUsedAt: true, pastDueSince: true },
  });
  // Stripe forgets subscriptions of customers that were deleted there
  const trialUsedAt = state.trialUsedAt ?? before.trialUsedAt;
  await tx.subscription.update({
    where: { workspaceId },
    data: { ...state, trialUsedAt, syncedAt: clock!.now },
  });
  if (state.pastDueSince && !before.pastDueSince)
    await tellOfOpenPayment(tx, workspaceId, state.pastDueSince);
  await applyPlan(tx, workspaceId);
  return chooseSubscription(subscriptions);
}

/** Once for each open payment: the row says since when there is one. */
async function tellOfOpenPayment(tx: Transaction, workspaceId: string, since: Date): Promise<void> {
  const workspace = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { name: true },
  });
  const until = new Date(since.getTime() + GRACE_DAYS * 86_400_000).toISOString().slice(0, 10);
  await tellAdmins(tx, workspaceId, {
    subject: `A payment for “${workspace.name}” did not go through`,
    paragraphs: [
      `the card for the plan of “${workspace.name}” was refused. It is tried again by itself; the plan holds until ${until} meanwhile, and nothing is lost after that either.`,
    ],
    action: { label: 'Pay, or choose another card', url: `${env().APP_URL}/w/${workspaceId}/billing` },
  });
}

/** What the row of this customer must say, without writing anything. */
export async function readState(stripe: Stripe, customerId: string): Promise<SubscriptionState> {
  const subscriptions = await listSubscriptions(stripe, customerId);
  return stateOf(subscriptions, await listOpenInvoices(stripe, subscriptions));
}

/** All of a customer, those that are over too; none of one that does not exist any more. */
export async function listSubscriptions(stripe: Stripe, customerId: string): Promise<Stripe.Subscription[]> {
  try {
    const all: Stripe.Subscription[] = [];
    for await (const one of stripe.subscriptions.list({ customer: customerId, status: 'all', limit: 100 }))
      all.push(one);
    return all;
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function listOpenInvoices(
  stripe: Stripe,
  subscriptions: readonly Stripe.Subscription[],
): Promise<Stripe.Invoice[]> {
  const chosen = chooseSubscription(subscriptions);
  if (!chosen || !isOwing(chosen.subscription)) return [];
  const { data } = await stripe.invoices.list({
    subscription: chosen.subscription.id,
    status: 'open',
    limit: 100,
  });
  return data;
}

/**
 * Sees to it that executions beyond the plan’s are billed at the price of the plan. Checkout sells the plan alone, since it
 * takes no monthly price beside a yearly one, and in Stripe’s portal only the plan changes.
 */
async function alignUsage(
  stripe: Stripe,
  subscriptions: Stripe.Subscription[],
): Promise<Stripe.Subscription[]> {
  const chosen = chooseSubscription(subscriptions);
  if (!chosen || !['active', 'trialing', 'past_due'].includes(chosen.subscription.status))
    return subscriptions;
  if (isMetered(chosen)) return subscriptions;
  const { subscription, plan } = chosen;
  const price = (await loadCatalog(stripe)).prices.get(lookupKey(plan, 'usage'));
  if (!price) return subscriptions;
  const [first, ...rest] = [...usageItemsOf(subscription)].sort(
    (a, b) => Number(planOfPrice(b.price) === plan) - Number(planOfPrice(a.price) === plan),
  );
  try {
    const aligned = await stripe.subscriptions.update(subscription.id, {
      items: [first ? { id: first.id, price } : { price }, ...rest.map(({ id }) => ({ id, deleted: true }))],
      proration_behavior: 'none',
    });
    return subscriptions.map((one) => (one.id === aligned.id ? aligned : one));
  } catch (error) {
    // the plan holds all the same; only nothing beyond it can be sold
    if (stripeErrorOf(error)?.type !== 'StripeInvalidRequestError') throw error;
    log.error({ error, subscription: subscription.id }, 'the price of usage could not be added');
    return subscriptions;
  }
}
