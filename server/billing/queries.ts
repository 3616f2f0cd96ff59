import type Stripe from 'stripe';
import { db, type Transaction } from '../db.ts';
import { AppError } from '../errors.ts';
import { PLANS, type Plan, planOf } from '../plans/schema.ts';
import type { WorkspaceScope } from '../scope.ts';
import { isBillingConfigured, isMissing, withStripe } from './gateway.ts';
import { chooseSubscription, fromSeconds, type PlanSubscription, viewOf } from './policy.ts';
import type { Billing, Invoice } from './schema.ts';
import { listSubscriptions } from './sync.ts';

/** What a workspace has bought, as far as we know; asks nobody else. */
export async function getBilling({ workspaceId }: WorkspaceScope): Promise<Billing> {
  const [workspace, row] = await Promise.all([
    db().workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { plan: true, planOverride: true, overageCap: true },
    }),
    db().subscription.findUnique({ where: { workspaceId } }),
  ]);
  const configured = isBillingConfigured();
  const subscription = viewOf(row);
  return {
    ...{ configured, subscription },
    plan: planOf(workspace.plan).key,
    overridden: workspace.planOverride !== null,
    mayTry: configured && subscription === null && !row?.trialUsedAt,
    overage: workspace.overageCap,
  };
}

/** All plans, the smallest first. */
export const listPlans = (): Plan[] => Object.values(PLANS);

const INVOICES = 50;

/** The newest, from Stripe; drafts are not shown, for they may change. */
export async function listInvoices({ workspaceId }: WorkspaceScope): Promise<Invoice[]> {
  const row = await db().subscription.findUnique({ where: { workspaceId }, select: { customerId: true } });
  if (!row || !isBillingConfigured()) return [];
  return withStripe(async (stripe) => {
    const invoices = await invoicesOf(stripe, row.customerId);
    return invoices.filter(({ status }) => status !== 'draft').map(invoiceView);
  });
}

async function invoicesOf(stripe: Stripe, customer: string): Promise<Stripe.Invoice[]> {
  try {
    return (await stripe.invoices.list({ customer, limit: INVOICES })).data;
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const invoiceView = (invoice: Stripe.Invoice): Invoice => ({
  id: invoice.id,
  number: invoice.number,
  createdAt: fromSeconds(invoice.created),
  total: invoice.total,
  tax: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
  currency: invoice.currency,
  status: invoice.status ?? 'open',
  pageUrl: invoice.hosted_invoice_url ?? null,
  pdfUrl: invoice.invoice_pdf ?? null,
});

/** The subscription that counts, as Stripe has it now. Throws NOT_FOUND when there is none. */
export async function currentSubscription(
  stripe: Stripe,
  workspaceId: string,
  rows: Pick<Transaction, 'subscription'> = db(),
): Promise<{ current: PlanSubscription; customerId: string }> {
  const row = await rows.subscription.findUnique({ where: { workspaceId }, select: { customerId: true } });
  const current = row && chooseSubscription(await listSubscriptions(stripe, row.customerId));
  return current ? { current, customerId: row.customerId } : noSubscription();
}

function noSubscription(): never {
  throw new AppError('NOT_FOUND', 'There is no subscription. Choose a plan first.');
}
