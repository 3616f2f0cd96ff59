import type { Invoice } from './invoice.ts';
import type { Sandbox } from './sandbox.ts';
import { isOver, type Subscription, type SubscriptionStatus } from './subscription.ts';

/** A paid invoice puts its subscription right again if it is the latest one. */
export function afterPaid(sandbox: Sandbox, invoice: Invoice): void {
  const subscription = sandbox.subscriptions.find(invoice.parent.subscription_details.subscription);
  setDelinquent(sandbox, invoice.customer, false);
  if (!subscription || subscription.latest_invoice !== invoice.id) return;
  if (['incomplete', 'past_due', 'unpaid'].includes(subscription.status))
    setStatus(sandbox, subscription, 'active');
}

/** The first invoice leaves it incomplete; a later one makes it past due, and after the last attempt what the account says. */
export function afterFailed(sandbox: Sandbox, invoice: Invoice): void {
  const subscription = sandbox.subscriptions.find(invoice.parent.subscription_details.subscription);
  if (!subscription || isOver(subscription) || invoice.billing_reason === 'subscription_create') return;
  setDelinquent(sandbox, invoice.customer, true);
  setStatus(sandbox, subscription, 'past_due');
  if (invoice.next_payment_attempt !== null) return;
  if (sandbox.settings.afterRetries === 'canceled') endSubscription(sandbox, subscription, 'payment_failed');
  else setStatus(sandbox, subscription, sandbox.settings.afterRetries);
}

/** Ends it for good: `customer.subscription.deleted`, and nothing is collected any more. */
export function endSubscription(sandbox: Sandbox, subscription: Subscription, reason: string): void {
  subscription.status = 'canceled';
  subscription.ended_at = sandbox.now;
  subscription.canceled_at ??= sandbox.now;
  subscription.cancellation_details.reason ??= reason;
  sandbox.emit('customer.subscription.deleted', subscription);
  for (const invoice of sandbox.invoices.all()) {
    if (invoice.parent.subscription_details.subscription !== subscription.id) continue;
    if (invoice.status !== 'draft' && invoice.status !== 'open') continue;
    sandbox.change(invoice, 'invoice.updated', () => {
      invoice.auto_advance = false;
      invoice.automatically_finalizes_at = null;
      invoice.next_payment_attempt = null;
    });
  }
}

export function setStatus(sandbox: Sandbox, subscription: Subscription, status: SubscriptionStatus): void {
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    subscription.status = status;
  });
}

function setDelinquent(sandbox: Sandbox, id: string, delinquent: boolean): void {
  const customer = sandbox.customers.find(id);
  if (!customer) return;
  sandbox.change(customer, 'customer.updated', () => {
    customer.delinquent = delinquent;
  });
}
