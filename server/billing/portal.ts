import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { loadCatalog } from './catalog.ts';
import { billingPage } from './checkout.ts';
import { withStripe } from './gateway.ts';

/** The address of Stripe’s page for card, address, tax id and invoices, good for some minutes. Throws NOT_FOUND when nothing was ever bought. */
export const openPortal = (scope: WorkspaceScope): Promise<{ url: string }> =>
  withStripe(async (stripe) => {
    const { workspaceId } = scope;
    const row = await db().subscription.findUnique({ where: { workspaceId }, select: { customerId: true } });
    if (!row) throw new AppError('NOT_FOUND', 'There is nothing to manage yet. Choose a plan first.');
    const { portalId } = await loadCatalog(stripe);
    const { url } = await stripe.billingPortal.sessions.create({
      customer: row.customerId,
      return_url: billingPage(workspaceId, 'portal=done'),
      ...(portalId && { configuration: portalId }),
    });
    await db().$transaction((tx) => audit(tx, scope, { action: 'billing.portal', subjectId: workspaceId }));
    return { url };
  });
