import { DAY } from './calendar.ts';
import { expireCheckout } from './checkout.ts';
import type { Invoice } from './invoice.ts';
import { finalizeInvoice, payInvoice, voidInvoice } from './invoice-payment.ts';
import { previewRenewal } from './invoice-preview.ts';
import { renew } from './renewal.ts';
import type { Sandbox } from './sandbox.ts';
import { isOver, nextPeriodEnd, type Subscription } from './subscription.ts';
import { cancelAsScheduled } from './subscription-cancel.ts';
import { endTrial } from './trial.ts';

interface Due {
  at: number;
  happen: () => void;
}

/** Lets time pass until then: everything that falls due happens in its order, each at its own time. */
export function passTime(sandbox: Sandbox, until: number): void {
  for (;;) {
    const due = nextDue(sandbox);
    if (!due || due.at > until) break;
    sandbox.clock.set(due.at);
    due.happen();
  }
  sandbox.clock.set(until);
}

function nextDue(sandbox: Sandbox): Due | undefined {
  const dues = [
    ...sandbox.subscriptions.all().flatMap((subscription) => subscriptionDues(sandbox, subscription)),
    ...sandbox.invoices.all().flatMap((invoice) => invoiceDues(sandbox, invoice)),
    ...sandbox.checkoutSessions
      .all()
      .filter(({ status }) => status === 'open')
      .map((session) => ({ at: session.expires_at, happen: () => expireCheckout(sandbox, session) })),
  ];
  return dues.reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined);
}

/** In the order in which they happen when they fall on the same second. */
function subscriptionDues(sandbox: Sandbox, subscription: Subscription): Due[] {
  if (isOver(subscription)) return [];
  const { status, trial_end, cancel_at } = subscription;
  if (status === 'incomplete')
    return [{ at: subscription.created + 23 * 3600, happen: () => giveUp(sandbox, subscription) }];
  const dues: Due[] = [];
  if (cancel_at !== null)
    dues.push({ at: cancel_at, happen: () => cancelAsScheduled(sandbox, subscription) });
  if (status === 'paused') return dues;
  if (status === 'trialing' && trial_end !== null) {
    dues.push(...trialNotice(sandbox, subscription, trial_end));
    dues.push({ at: trial_end, happen: () => endTrial(sandbox, subscription, 'due') });
    return dues;
  }
  const end = nextPeriodEnd(subscription);
  if (cancel_at === null || cancel_at > end) dues.push(...upcomingNotice(sandbox, subscription, end));
  dues.push({ at: end, happen: () => renew(sandbox, subscription) });
  return dues;
}

function invoiceDues(sandbox: Sandbox, invoice: Invoice): Due[] {
  if (invoice.status === 'draft' && invoice.automatically_finalizes_at !== null)
    return [{ at: invoice.automatically_finalizes_at, happen: () => collect(sandbox, invoice) }];
  if (invoice.status === 'open' && invoice.next_payment_attempt !== null)
    return [{ at: invoice.next_payment_attempt, happen: () => void payInvoice(sandbox, invoice) }];
  return [];
}

function collect(sandbox: Sandbox, invoice: Invoice): void {
  finalizeInvoice(sandbox, invoice);
  if (invoice.status === 'open') payInvoice(sandbox, invoice);
}

function trialNotice(sandbox: Sandbox, subscription: Subscription, trialEnd: number): Due[] {
  const at = Math.max(trialEnd - 3 * DAY, subscription.created);
  return once(sandbox, `trial ${subscription.id} ${trialEnd}`, at, () =>
    sandbox.emit('customer.subscription.trial_will_end', subscription),
  );
}

function upcomingNotice(sandbox: Sandbox, subscription: Subscription, end: number): Due[] {
  const start = Math.min(...subscription.items.data.map((item) => item.current_period_start));
  const at = Math.max(end - sandbox.settings.upcomingDays * DAY, start);
  return once(sandbox, `upcoming ${subscription.id} ${end}`, at, () => {
    const { id: _id, ...invoice } = previewRenewal(sandbox, subscription);
    sandbox.emit('invoice.upcoming', invoice);
  });
}

function once(sandbox: Sandbox, key: string, at: number, happen: () => void): Due[] {
  if (sandbox.noticed.has(key)) return [];
  return [
    {
      at,
      happen: () => {
        sandbox.noticed.add(key);
        happen();
      },
    },
  ];
}

/** The first invoice was not paid within 23 hours. */
function giveUp(sandbox: Sandbox, subscription: Subscription): void {
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    subscription.status = 'incomplete_expired';
    subscription.ended_at = sandbox.now;
  });
  const invoice = subscription.latest_invoice ? sandbox.invoices.get(subscription.latest_invoice) : undefined;
  if (invoice?.status === 'open') voidInvoice(sandbox, invoice, 'void');
}
