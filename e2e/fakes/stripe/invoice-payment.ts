import { DAY } from './calendar.ts';
import { invalid } from './failure.ts';
import { type Invoice, paymentsOf } from './invoice.ts';
import { periodLine } from './invoice-lines.ts';
import { applyBalance, applyTotals } from './invoice-totals.ts';
import { startPayment } from './payment-intents.ts';
import { type CardOutcome, declined } from './payment-methods.ts';
import type { Sandbox } from './sandbox.ts';
import { discountsOf, isMetered } from './subscription.ts';
import { afterFailed, afterPaid } from './subscription-status.ts';

/** Draft → open, or straight to paid when nothing is due. */
export function finalizeInvoice(sandbox: Sandbox, invoice: Invoice): void {
  if (invoice.status !== 'draft')
    throw invalid('This invoice is already finalized.', undefined, 'invoice_not_editable');
  refreshUsage(sandbox, invoice);
  spendBalance(sandbox, invoice);
  invoice.number = nextNumber(sandbox, invoice);
  invoice.hosted_invoice_url = `${sandbox.origin}/i/${invoice.id}`;
  invoice.invoice_pdf = `${sandbox.origin}/i/${invoice.id}/pdf`;
  invoice.effective_at = sandbox.now;
  invoice.status_transitions.finalized_at = sandbox.now;
  invoice.automatically_finalizes_at = null;
  invoice.status = 'open';
  sandbox.emit('invoice.finalized', invoice);
  if (invoice.amount_due > 0) startPayment(sandbox, invoice);
  else markPaid(sandbox, invoice);
}

export interface Attempt {
  paymentMethod?: string | undefined;
  /** The holder confirmed it with the bank. */
  authenticated?: boolean;
}

/** Takes the money. Anything but `good` leaves the invoice open and says when it is tried again. */
export function payInvoice(sandbox: Sandbox, invoice: Invoice, attempt: Attempt = {}): CardOutcome {
  if (invoice.status !== 'open')
    throw invalid(`Invoice is already ${invoice.status}`, undefined, 'invoice_not_open');
  const method = attempt.paymentMethod ?? methodFor(sandbox, invoice);
  const outcome = outcomeOf(sandbox, method, attempt.authenticated ?? false);
  const payment = paymentsOf(sandbox, invoice.id)[0]!;
  const intent = sandbox.paymentIntents.get(payment.payment.payment_intent);
  intent.payment_method = method ?? null;
  invoice.attempted = true;
  invoice.attempt_count += 1;
  if (outcome !== 'good') {
    fail(sandbox, invoice, outcome);
    return outcome;
  }
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.next_action = null;
  intent.last_payment_error = null;
  payment.status = 'paid';
  payment.amount_paid = payment.amount_requested;
  payment.status_transitions.paid_at = sandbox.now;
  sandbox.emit('payment_intent.succeeded', intent);
  sandbox.emit('invoice_payment.paid', payment);
  markPaid(sandbox, invoice);
  return 'good';
}

/** What would happen, without doing it. */
export function outcomeOf(
  sandbox: Sandbox,
  method: string | null | undefined,
  authenticated: boolean,
): CardOutcome {
  if (!method) return 'generic_decline';
  const outcome = sandbox.cardOutcomes.get(method) ?? 'good';
  return outcome === 'authentication_required' && authenticated ? 'good' : outcome;
}

export function voidInvoice(sandbox: Sandbox, invoice: Invoice, status: 'void' | 'uncollectible'): void {
  if (invoice.status !== 'open')
    throw invalid(`You can only do this to an open invoice; this one is ${invoice.status}.`);
  invoice.status = status;
  invoice.next_payment_attempt = null;
  if (status === 'void') invoice.status_transitions.voided_at = sandbox.now;
  else invoice.status_transitions.marked_uncollectible_at = sandbox.now;
  sandbox.emit(status === 'void' ? 'invoice.voided' : 'invoice.marked_uncollectible', invoice);
}

export function methodFor(sandbox: Sandbox, invoice: Invoice): string | null {
  const subscription = sandbox.subscriptions.find(invoice.parent.subscription_details.subscription);
  const customer = sandbox.customers.find(invoice.customer);
  return subscription?.default_payment_method ?? customer?.invoice_settings.default_payment_method ?? null;
}

function markPaid(sandbox: Sandbox, invoice: Invoice): void {
  invoice.status = 'paid';
  invoice.attempted = true;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = sandbox.now;
  sandbox.emit('invoice.paid', invoice);
  sandbox.emit('invoice.payment_succeeded', invoice);
  afterPaid(sandbox, invoice);
}

function fail(sandbox: Sandbox, invoice: Invoice, outcome: CardOutcome): void {
  const intent = sandbox.paymentIntents.get(paymentsOf(sandbox, invoice.id)[0]!.payment.payment_intent);
  const confirmable = outcome === 'authentication_required';
  const { message, details } = declined(outcome);
  intent.status = confirmable ? 'requires_action' : 'requires_payment_method';
  intent.next_action = confirmable ? { type: 'use_stripe_sdk' } : null;
  intent.last_payment_error = {
    type: 'card_error',
    code: details.code ?? '',
    decline_code: outcome,
    message,
  };
  const wait = sandbox.settings.retryDays[invoice.attempt_count - 1];
  const retried = invoice.auto_advance && invoice.billing_reason !== 'subscription_create';
  invoice.next_payment_attempt = retried && wait !== undefined ? sandbox.now + wait * DAY : null;
  sandbox.emit(confirmable ? 'payment_intent.requires_action' : 'payment_intent.payment_failed', intent);
  sandbox.emit('invoice.payment_failed', invoice);
  if (confirmable) sandbox.emit('invoice.payment_action_required', invoice);
  afterFailed(sandbox, invoice);
}

/** Usage of the period that was reported while the invoice was a draft is still billed. */
function refreshUsage(sandbox: Sandbox, invoice: Invoice): void {
  const subscription = sandbox.subscriptions.find(invoice.parent.subscription_details.subscription);
  if (!subscription) return;
  let changed = false;
  for (const line of invoice.lines.data) {
    const item = subscription.items.data.find(
      ({ id }) => id === line.parent.subscription_item_details.subscription_item,
    );
    if (!item || !isMetered(item.price) || item.price.id !== line.pricing.price_details.price) continue;
    if (line.parent.subscription_item_details.proration || invoice.billing_reason !== 'subscription_cycle')
      continue;
    const { amount, quantity, quantity_decimal, subtotal, description } = periodLine(
      sandbox,
      subscription,
      item,
      line.period,
    );
    changed ||= quantity !== line.quantity;
    Object.assign(line, { amount, quantity, quantity_decimal, subtotal, description });
  }
  if (!changed) return;
  const discounts = invoice.discounts.map((id) => sandbox.discounts.get(id));
  const tax = invoice.lines.data.flatMap((line) => line.taxes)[0]?.tax_rate_details.tax_rate;
  applyTotals(
    sandbox,
    invoice,
    discounts.length ? discounts : discountsOf(sandbox, subscription),
    tax ? Number(tax.slice(4)) : null,
  );
  sandbox.emit('invoice.updated', invoice);
}

function spendBalance(sandbox: Sandbox, invoice: Invoice): void {
  applyBalance(sandbox, invoice);
  const customer = sandbox.customers.find(invoice.customer);
  if (!customer) return;
  sandbox.change(customer, 'customer.updated', () => {
    customer.balance =
      invoice.total > 0 ? Math.min(0, customer.balance + invoice.total) : customer.balance + invoice.total;
  });
  invoice.ending_balance = customer.balance;
}

function nextNumber(sandbox: Sandbox, invoice: Invoice): string {
  const customer = sandbox.customers.get(invoice.customer);
  const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
  customer.next_invoice_sequence += 1;
  return number;
}
