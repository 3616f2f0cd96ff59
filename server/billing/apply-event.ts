import type Stripe from 'stripe';
import { isId } from '#lib/id.ts';
import { db } from '../db.ts';
import { findCustomer, WORKSPACE_MARK } from './customers.ts';
import { isBillingConfigured, withStripe } from './gateway.ts';
import { syncWorkspace } from './sync.ts';

/** What came of an event: why nothing did, or `applied`. */
type Outcome = 'applied' | 'ignored' | 'unknown-customer' | 'other-customer';

/**
 * Carries out an event that was kept: reads anew what its customer has bought. What the event itself says is not believed,
 * for it may be old. Throws when Stripe is away; the job is tried again.
 */
export async function applyEvent(eventId: string): Promise<void> {
  const event = await db().stripeEvent.findUnique({
    where: { id: eventId },
    select: { customerId: true, receivedAt: true, outcome: true },
  });
  if (!event || event.outcome !== null || !isBillingConfigured()) return;
  const found = event.customerId === null ? 'ignored' : await findWorkspace(event.customerId);
  const outcome: Outcome = typeof found === 'string' ? found : 'applied';
  if (typeof found === 'object') await syncWorkspace(found.workspaceId, event.receivedAt);
  await db().stripeEvent.update({ where: { id: eventId }, data: { outcome, appliedAt: new Date() } });
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
