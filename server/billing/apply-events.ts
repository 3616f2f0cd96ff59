import type Stripe from 'stripe';
import { isId } from '#lib/id.ts';
import { db } from '../db.ts';
import { findCustomer, WORKSPACE_MARK } from './customers.ts';
import { isBillingConfigured, withStripe } from './gateway.ts';
import { syncWorkspace } from './sync.ts';

/** What came of an event, beside those that were not kept to be applied (receive-event.ts). */
type Outcome = 'applied' | 'unknown-customer' | 'other-customer';

/**
 * Carries out all events about a customer that were kept and not carried out: reads anew what they have bought. What events
 * say themselves is not believed, for they may be old. Throws when Stripe is away; the job is tried again.
 */
export async function applyEvents(customerId: string): Promise<void> {
  if (!isBillingConfigured()) return;
  const events = await db().stripeEvent.findMany({
    where: { customerId, outcome: null },
    select: { id: true, receivedAt: true },
  });
  if (events.length === 0) return;
  const found = await findWorkspace(customerId);
  const outcome: Outcome = typeof found === 'string' ? found : 'applied';
  if (typeof found === 'object') {
    const heardAt = new Date(Math.max(...events.map(({ receivedAt }) => receivedAt.getTime())));
    await syncWorkspace(found.workspaceId, heardAt);
  }
  await db().stripeEvent.updateMany({
    where: { id: { in: events.map(({ id }) => id) } },
    data: { outcome, appliedAt: new Date() },
  });
}

async function findWorkspace(customerId: string): Promise<{ workspaceId: string } | Outcome> {
  const select = { workspaceId: true };
  const known = await db().subscription.findUnique({ where: { customerId }, select });
  return known ?? (await withStripe((stripe) => adopt(stripe, customerId)));
}

/**
 * A customer that we do not know may be ours all the same, if the moment in which we made it was lost: it names its workspace
 * then. A workspace that has another customer keeps that one, whatever a customer says of itself.
 */
async function adopt(stripe: Stripe, customerId: string): Promise<{ workspaceId: string } | Outcome> {
  const customer = await findCustomer(stripe, customerId);
  const workspaceId = customer?.metadata[WORKSPACE_MARK];
  if (!workspaceId || !isId(workspaceId)) return 'unknown-customer';
  const workspace = await db().workspace.findUnique({ where: { id: workspaceId }, select: { id: true } });
  if (!workspace) return 'unknown-customer';
  await db().$executeRaw`insert into subscription (workspace_id, customer_id)
    values (${workspaceId}::uuid, ${customerId}) on conflict do nothing`;
  const row = await db().subscription.findUnique({ where: { workspaceId }, select: { customerId: true } });
  return row?.customerId === customerId ? { workspaceId } : 'other-customer';
}
