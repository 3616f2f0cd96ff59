import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { Transaction } from '../db.ts';
import { isMissing } from './gateway.ts';

/** On a customer of Stripe: the workspace that it is, and that this one is gone for good. */
export const WORKSPACE_MARK = 'workspaceId';
export const PURGED_MARK = 'purged';

/** The customer of a workspace, made when there is none. For whoever has the lock, so that there is one however often it is asked for. */
export async function ensureCustomer(tx: Transaction, stripe: Stripe, workspaceId: string): Promise<string> {
  const row = await tx.subscription.findUnique({ where: { workspaceId }, select: { customerId: true } });
  if (row && (await findCustomer(stripe, row.customerId))) return row.customerId;
  const fields = { ...(await payerOf(tx, workspaceId)), metadata: { [WORKSPACE_MARK]: workspaceId } };
  // with other fields the same key would be refused; after the one that was deleted there, it must be another
  const key = createHash('sha256')
    .update(JSON.stringify([fields, row?.customerId]))
    .digest('hex')
    .slice(0, 16);
  const { id } = await stripe.customers.create(fields, { idempotencyKey: `customer-${workspaceId}-${key}` });
  await tx.subscription.upsert({
    where: { workspaceId },
    create: { workspaceId, customerId: id },
    update: { customerId: id },
  });
  return id;
}

/** null for one that does not exist, or was deleted there. */
export async function findCustomer(stripe: Stripe, id: string): Promise<Stripe.Customer | null> {
  try {
    const customer = await stripe.customers.retrieve(id);
    return customer.deleted ? null : customer;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** To whom invoices go: the workspace, at its owner’s address. */
export async function payerOf(
  tx: Transaction,
  workspaceId: string,
): Promise<{ name: string; email?: string }> {
  const { name, members } = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: {
      name: true,
      members: {
        where: { role: 'owner' },
        orderBy: { createdAt: 'asc' },
        take: 1,
        select: { user: { select: { email: true } } },
      },
    },
  });
  const email = members[0]?.user.email;
  return { name, ...(email && { email }) };
}
