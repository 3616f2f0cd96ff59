import { periodAt } from './calendar.ts';
import { createInvoice } from './invoice.ts';
import { periodLine } from './invoice-lines.ts';
import { finalizeInvoice, methodFor, payInvoice } from './invoice-payment.ts';
import type { Sandbox } from './sandbox.ts';
import { isMetered, type Subscription } from './subscription.ts';
import { endSubscription } from './subscription-status.ts';

/** The first paid period begins. By the clock its invoice is a draft for a while; on request it is paid now. */
export function endTrial(sandbox: Sandbox, subscription: Subscription, when: 'due' | 'now'): void {
  if (subscription.status !== 'trialing') return;
  const start = subscription.items.data[0]?.current_period_start ?? sandbox.now;
  if (!hasMethod(sandbox, subscription) && missingMethod(sandbox, subscription)) return;
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    subscription.status = 'active';
    subscription.trial_end = sandbox.now;
    startPeriods(sandbox, subscription);
  });
  invoicePeriods(sandbox, subscription, start, when);
}

/** A paused subscription goes on with a new period from now. */
export function resume(sandbox: Sandbox, subscription: Subscription): void {
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    subscription.status = 'active';
    startPeriods(sandbox, subscription);
  });
  sandbox.emit('customer.subscription.resumed', subscription);
  invoicePeriods(sandbox, subscription, sandbox.now, 'now');
}

function startPeriods(sandbox: Sandbox, subscription: Subscription): void {
  subscription.billing_cycle_anchor = sandbox.now;
  for (const item of subscription.items.data) {
    const period = periodAt(sandbox.now, item.price.recurring!, sandbox.now);
    item.current_period_start = period.start;
    item.current_period_end = period.end;
  }
}

function invoicePeriods(
  sandbox: Sandbox,
  subscription: Subscription,
  start: number,
  when: 'due' | 'now',
): void {
  const lines = subscription.items.data
    .filter((item) => !isMetered(item.price))
    .map((item) =>
      periodLine(sandbox, subscription, item, {
        start: item.current_period_start,
        end: item.current_period_end,
      }),
    );
  const invoice = createInvoice(sandbox, {
    subscription,
    reason: when === 'now' ? 'subscription_update' : 'subscription_cycle',
    lines,
    period: { start, end: sandbox.now },
    finalizesAt: sandbox.now + sandbox.settings.draftSeconds,
  });
  if (when === 'due') return;
  finalizeInvoice(sandbox, invoice);
  if (invoice.status === 'open') payInvoice(sandbox, invoice);
}

function hasMethod(sandbox: Sandbox, subscription: Subscription): boolean {
  const invoice = subscription.latest_invoice
    ? sandbox.invoices.find(subscription.latest_invoice)
    : undefined;
  return Boolean(invoice && methodFor(sandbox, invoice));
}

/** True when the subscription ended or paused instead. */
function missingMethod(sandbox: Sandbox, subscription: Subscription): boolean {
  const behavior = subscription.trial_settings.end_behavior.missing_payment_method;
  if (behavior === 'create_invoice') return false;
  if (behavior === 'cancel') {
    endSubscription(sandbox, subscription, 'cancellation_requested');
    return true;
  }
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    subscription.status = 'paused';
  });
  sandbox.emit('customer.subscription.paused', subscription);
  return true;
}
