import type Stripe from 'stripe';
import { db } from '../db.ts';
import { log } from '../log.ts';
import { cancellation, takingBack } from './change.ts';
import { findCustomer, PURGED_MARK, payerOf } from './customers.ts';
import { isBillingConfigured, withStripe } from './gateway.ts';
import { withBillingLock } from './lock.ts';
import { cancelTimeOf, chooseSubscription, isOver, type PlanSubscription } from './policy.ts';
import { listSubscriptions, syncLocked } from './sync.ts';

/** On a subscription that the deletion of its workspace cancelled: restoring it takes that back, and nothing else. */
const DELETED_MARK = 'cancelledByDeletion';

/**
 * Makes Stripe follow a workspace: the plan of a deleted one ends with what is paid for, that of a restored one goes on, and
 * invoices go to whoever owns it now. Safe to call at any time.
 */
export async function followWorkspace(workspaceId: string): Promise<void> {
  if (!isBillingConfigured()) return;
  await withStripe((stripe) =>
    withBillingLock(workspaceId, async (tx) => {
      const where = { workspaceId };
      const row = await tx.subscription.findUnique({ where, select: { customerId: true } });
      const workspace = await tx.workspace.findUnique({
        where: { id: workspaceId },
        select: { deletedAt: true },
      });
      if (!row || !workspace) return;
      const { customerId } = row;
      const current = chooseSubscription(await listSubscriptions(stripe, customerId));
      if (current) await followLife(stripe, current, workspace.deletedAt !== null);
      const customer = await findCustomer(stripe, customerId);
      const payer = await payerOf(tx, workspaceId);
      if (customer && (customer.email !== (payer.email ?? null) || customer.name !== payer.name))
        await stripe.customers.update(customerId, payer);
      await syncLocked(tx, stripe, { workspaceId, customerId });
    }),
  );
}

async function followLife(stripe: Stripe, current: PlanSubscription, isDeleted: boolean): Promise<void> {
  const { id, metadata } = current.subscription;
  const isCancelled = cancelTimeOf(current) !== null;
  if (isDeleted && !isCancelled)
    await stripe.subscriptions.update(id, { ...cancellation(current), metadata: { [DELETED_MARK]: 'yes' } });
  else if (!isDeleted && metadata[DELETED_MARK])
    await stripe.subscriptions.update(id, {
      ...(isCancelled && takingBack(current)),
      metadata: { [DELETED_MARK]: '' },
    });
}

/** Before a workspace goes for good: nothing of it costs anything any more. Throws when Stripe is away. */
export async function endForGood(workspaceId: string): Promise<void> {
  const row = await db().subscription.findUnique({ where: { workspaceId }, select: { customerId: true } });
  if (!row) return;
  if (!isBillingConfigured()) {
    log.warn({ workspaceId, ...row }, 'a workspace goes whose customer stays in Stripe: there is no key');
    return;
  }
  await withStripe((stripe) =>
    withBillingLock(workspaceId, async () => {
      for (const one of await listSubscriptions(stripe, row.customerId))
        if (!isOver(one)) await stripe.subscriptions.cancel(one.id, { invoice_now: true, prorate: false });
      // its invoices are to be kept, so it is not deleted there
      if (await findCustomer(stripe, row.customerId))
        await stripe.customers.update(row.customerId, { metadata: { [PURGED_MARK]: 'yes' } });
    }),
  );
}
