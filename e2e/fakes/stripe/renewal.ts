import { periodAt } from './calendar.ts';
import { createInvoice } from './invoice.ts';
import { type InvoiceLine, periodLine } from './invoice-lines.ts';
import type { Sandbox } from './sandbox.ts';
import { isMetered, type Subscription, type SubscriptionItem } from './subscription.ts';

/** The periods that end now roll over: usage of the old one and the price of the new one on a draft. */
export function renew(sandbox: Sandbox, subscription: Subscription): void {
  const due = subscription.items.data.filter((item) => item.current_period_end <= sandbox.now);
  const start = Math.min(...due.map((item) => item.current_period_start));
  const lines = renewalLines(sandbox, subscription, due);
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    for (const item of due) {
      const next = nextPeriod(subscription, item);
      item.current_period_start = next.start;
      item.current_period_end = next.end;
    }
  });
  createInvoice(sandbox, {
    subscription,
    reason: 'subscription_cycle',
    lines,
    period: { start, end: sandbox.now },
    finalizesAt: subscription.status === 'unpaid' ? null : sandbox.now + sandbox.settings.draftSeconds,
  });
}

export const renewalLines = (
  sandbox: Sandbox,
  subscription: Subscription,
  due: SubscriptionItem[],
): InvoiceLine[] =>
  due.map((item) => {
    const over = { start: item.current_period_start, end: item.current_period_end };
    return periodLine(
      sandbox,
      subscription,
      item,
      isMetered(item.price) ? over : nextPeriod(subscription, item),
    );
  });

const nextPeriod = (subscription: Subscription, item: SubscriptionItem) =>
  periodAt(subscription.billing_cycle_anchor, item.price.recurring!, item.current_period_end);
