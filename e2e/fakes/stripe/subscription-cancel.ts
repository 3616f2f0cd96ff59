import { invalid } from './failure.ts';
import { createInvoice } from './invoice.ts';
import { type InvoiceLine, periodLine } from './invoice-lines.ts';
import { finalizeInvoice, payInvoice } from './invoice-payment.ts';
import type { Params } from './params.ts';
import { addPendingItem, pendingItemsOf } from './pending-items.ts';
import { planChange } from './proration.ts';
import type { Sandbox } from './sandbox.ts';
import { isMetered, isOver, type Subscription } from './subscription.ts';
import { endSubscription } from './subscription-status.ts';

export const CANCEL_PARAMS = ['cancellation_details', 'invoice_now', 'prorate'];

/** Ends it now. `prorate` credits the rest of the period, `invoice_now` bills usage and what waits. */
export function cancelNow(sandbox: Sandbox, id: string, params: Params): Subscription {
  const subscription = sandbox.subscriptions.get(id);
  if (isOver(subscription)) throw invalid(`No such subscription: '${id}'`, 'id', 'resource_missing');
  const details = params.inside('cancellation_details');
  subscription.cancellation_details.comment = details?.text('comment') ?? null;
  subscription.cancellation_details.feedback = details?.text('feedback') ?? null;
  if (params.flag('prorate')) creditRest(sandbox, subscription);
  if (params.flag('invoice_now')) invoiceRest(sandbox, subscription);
  endSubscription(sandbox, subscription, 'cancellation_requested');
  return subscription;
}

/** The time of `cancel_at` has come: usage is still billed. */
export function cancelAsScheduled(sandbox: Sandbox, subscription: Subscription): void {
  invoiceRest(sandbox, subscription);
  endSubscription(sandbox, subscription, 'cancellation_requested');
}

function creditRest(sandbox: Sandbox, subscription: Subscription): void {
  const items = subscription.items.data;
  const rest = { at: sandbox.now, prorate: true, restart: true };
  for (const proration of planChange(sandbox, subscription, [], rest).prorations)
    if (items.some(({ id }) => id === proration.item)) addPendingItem(sandbox, subscription, proration);
}

function invoiceRest(sandbox: Sandbox, subscription: Subscription): void {
  const start = Math.min(...subscription.items.data.map((item) => item.current_period_start));
  const lines: InvoiceLine[] = subscription.items.data
    .filter((item) => isMetered(item.price))
    .map((item) =>
      periodLine(sandbox, subscription, item, { start: item.current_period_start, end: sandbox.now }),
    )
    .filter((line) => line.amount > 0);
  if (lines.length === 0 && pendingItemsOf(sandbox, subscription.id).length === 0) return;
  const invoice = createInvoice(sandbox, {
    subscription,
    reason: 'subscription_cycle',
    lines,
    period: { start, end: sandbox.now },
    finalizesAt: null,
  });
  finalizeInvoice(sandbox, invoice);
  if (invoice.status === 'open') payInvoice(sandbox, invoice);
}
