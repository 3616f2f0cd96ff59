import type Stripe from 'stripe';
import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { type BillingInterval, PLANS, type SoldPlan } from '../plans/schema.ts';
import type { WorkspaceScope } from '../scope.ts';
import { loadCatalog, priceOf } from './catalog.ts';
import { ensureCustomer, WORKSPACE_MARK } from './customers.ts';
import { withStripe } from './gateway.ts';
import { withBillingLock } from './lock.ts';
import { syncLocked } from './sync.ts';

export interface Choice {
  plan: SoldPlan;
  interval: BillingInterval;
}

/** The page in the product to which Stripe’s pages lead back. */
export const billingPage = (workspaceId: string, query: string): string =>
  `${env().APP_URL}/w/${workspaceId}/billing?${query}`;

/**
 * The address of Stripe’s page where a plan can be bought. The same choice has the same page until it is paid or a day old,
 * and there is one page at most, so nobody pays twice. Throws CONFLICT when there is a subscription already.
 */
export const checkout = (scope: WorkspaceScope, choice: Choice): Promise<{ url: string }> =>
  withStripe((stripe) =>
    withBillingLock(scope.workspaceId, async (tx) => {
      const { workspaceId } = scope;
      const price = priceOf(await loadCatalog(stripe), choice.plan, choice.interval);
      const customerId = await ensureCustomer(tx, stripe, workspaceId);
      const current = await syncLocked(tx, stripe, { workspaceId, customerId });
      if (current?.subscription.status === 'incomplete') {
        // its first payment never came; it must not come after this one
        await stripe.subscriptions.cancel(current.subscription.id);
        await syncLocked(tx, stripe, { workspaceId, customerId });
      } else if (current) throw new AppError('CONFLICT', 'There is a plan already. Change that one.');
      const { trialUsedAt } = await tx.subscription.findUniqueOrThrow({
        where: { workspaceId },
        select: { trialUsedAt: true },
      });
      const trialDays = trialUsedAt ? 0 : PLANS[choice.plan].trialDays;
      const url = await openPage(stripe, { workspaceId, customerId, price, trialDays });
      await audit(tx, scope, { action: 'billing.checkout', subjectId: workspaceId, after: { ...choice } });
      return { url };
    }),
  );

interface Terms {
  workspaceId: string;
  customerId: string;
  price: string;
  trialDays: number;
}

/** How long a page must still be good for, to be shown again. */
const MIN_LEFT_S = 1800;

async function openPage(stripe: Stripe, terms: Terms): Promise<string> {
  const said = `${terms.price} ${terms.trialDays} ${env().STRIPE_TAX}`;
  const open = await stripe.checkout.sessions.list({
    customer: terms.customerId,
    status: 'open',
    limit: 100,
  });
  const soon = Date.now() / 1000 + MIN_LEFT_S;
  let found: string | null = null;
  for (const session of open.data) {
    if (found === null && session.url && session.metadata?.terms === said && session.expires_at > soon)
      found = session.url;
    else await stripe.checkout.sessions.expire(session.id);
  }
  if (found !== null) return found;
  const { url } = await stripe.checkout.sessions.create(pageOf(terms, said), {
    idempotencyKey: `checkout-${newId()}`,
  });
  return url!;
}

function pageOf(
  { workspaceId, customerId, price, trialDays }: Terms,
  said: string,
): Stripe.Checkout.SessionCreateParams {
  const metadata = { [WORKSPACE_MARK]: workspaceId };
  return {
    mode: 'subscription',
    customer: customerId,
    client_reference_id: workspaceId,
    line_items: [{ price, quantity: 1 }],
    success_url: billingPage(workspaceId, 'checkout=done'),
    cancel_url: billingPage(workspaceId, 'checkout=cancelled'),
    metadata: { ...metadata, terms: said },
    subscription_data: {
      metadata,
      // a yearly plan has usage that is billed by the month
      billing_mode: { type: 'flexible' },
      ...(trialDays > 0 && {
        trial_period_days: trialDays,
        trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
      }),
    },
    allow_promotion_codes: true,
    ...(env().STRIPE_TAX === 'on' && {
      automatic_tax: { enabled: true },
      tax_id_collection: { enabled: true },
      billing_address_collection: 'required',
      customer_update: { address: 'auto', name: 'auto' },
    }),
  };
}
