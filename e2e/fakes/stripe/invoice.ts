import type { Period } from './calendar.ts';
import { newId } from './collection.ts';
import type { Discount } from './discounts.ts';
import type { InvoiceLine, LineTax } from './invoice-lines.ts';
import { applyTotals } from './invoice-totals.ts';
import type { InvoicePayment } from './payment-intents.ts';
import { pendingItemsOf, pendingLine } from './pending-items.ts';
import type { Sandbox } from './sandbox.ts';
import { discountsOf, isMetered, type Subscription } from './subscription.ts';

export type Invoice = ReturnType<typeof newInvoice>;
export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
export type BillingReason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';

export interface InvoiceInput {
  subscription: Subscription;
  reason: BillingReason;
  lines: InvoiceLine[];
  period: Period;
  /** Other than the subscription’s own, for amounts that are only shown. */
  discounts?: Discount[];
}

/** An invoice with its amounts, of which nobody has heard yet. */
export function buildInvoice(sandbox: Sandbox, input: InvoiceInput): Invoice {
  const { subscription } = input;
  const invoice = newInvoice(sandbox, input);
  const discounts = input.discounts ?? discountsOf(sandbox, subscription);
  invoice.discounts = discounts.map(({ id }) => id);
  const country = sandbox.customers.find(subscription.customer)?.address?.country;
  const percent = country ? (sandbox.settings.taxPercent[country] ?? 0) : null;
  if (subscription.automatic_tax.enabled)
    invoice.automatic_tax.status = percent === null ? 'requires_location_inputs' : 'complete';
  applyTotals(sandbox, invoice, discounts, subscription.automatic_tax.enabled ? percent : null);
  return invoice;
}

/** A draft on the account, with everything that waited for it. `finalizesAt` null: not by itself. */
export function createInvoice(
  sandbox: Sandbox,
  input: InvoiceInput & { finalizesAt: number | null },
): Invoice {
  const { subscription } = input;
  const waiting = pendingItemsOf(sandbox, subscription.id);
  const lines = [...waiting.map((item) => pendingLine(sandbox, item)), ...input.lines];
  const invoice = buildInvoice(sandbox, { ...input, lines });
  invoice.automatically_finalizes_at = input.finalizesAt;
  invoice.auto_advance = input.finalizesAt !== null;
  for (const item of waiting) item.invoice = invoice.id;
  for (const line of invoice.lines.data) rememberDebit(sandbox, invoice, line);
  sandbox.invoices.add(invoice);
  const customer = sandbox.customers.find(subscription.customer);
  if (customer) customer.currency = invoice.currency;
  subscription.latest_invoice = invoice.id;
  sandbox.emit('invoice.created', invoice);
  endDiscounts(sandbox, subscription, invoice);
  return invoice;
}

/** Later credits are a part of what was charged here. */
function rememberDebit(sandbox: Sandbox, invoice: Invoice, line: InvoiceLine): void {
  const details = line.parent.subscription_item_details;
  const price = sandbox.prices.get(line.pricing.price_details.price);
  if (isMetered(price) || line.amount < 0) return;
  const discounted = line.discount_amounts.reduce((sum, { amount }) => sum + amount, 0);
  sandbox.debits.set(details.subscription_item, {
    net: line.amount - discounted,
    ...line.period,
    invoice: invoice.id,
    line: line.id,
  });
}

/** A coupon for once ends with the first invoice that it made cheaper, the others with their time. */
function endDiscounts(sandbox: Sandbox, subscription: Subscription, invoice: Invoice): void {
  const used = new Set(
    invoice.total_discount_amounts.filter(({ amount }) => amount > 0).map(({ discount }) => discount),
  );
  for (const discount of subscription.discounts.map((id) => sandbox.discounts.get(id))) {
    const once = sandbox.coupons.get(discount.source.coupon).duration === 'once' && used.has(discount.id);
    if (!once && (discount.end === null || discount.end > sandbox.now)) continue;
    subscription.discounts = subscription.discounts.filter((id) => id !== discount.id);
    sandbox.emit('customer.discount.deleted', discount);
  }
}

function newInvoice(sandbox: Sandbox, { subscription, reason, lines, period }: InvoiceInput) {
  const id = newId('in');
  const customer = sandbox.customers.find(subscription.customer);
  const { now } = sandbox;
  return {
    id,
    object: 'invoice' as const,
    account_country: 'US',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: {
      disabled_reason: null,
      enabled: subscription.automatic_tax.enabled,
      liability: subscription.automatic_tax.liability,
      provider: null,
      status: null as 'complete' | 'requires_location_inputs' | null,
    },
    automatically_finalizes_at: null as number | null,
    billing_reason: reason,
    collection_method: 'charge_automatically',
    created: now,
    currency: subscription.currency,
    custom_fields: null,
    customer: subscription.customer,
    customer_account: null,
    customer_address: customer?.address ?? null,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: customer?.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [] as string[],
    due_date: null,
    effective_at: null as number | null,
    ending_balance: null as number | null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null as string | null,
    invoice_pdf: null as string | null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: {
      object: 'list' as const,
      data: lines.map((line) => ({ ...line, invoice: id as string | null })),
      has_more: false,
      total_count: lines.length,
      url: `/v1/invoices/${id}/lines`,
    },
    livemode: false,
    metadata: {} as Record<string, string>,
    next_payment_attempt: null as number | null,
    number: null as string | null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
      type: 'subscription_details' as const,
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft' as InvoiceStatus,
    status_transitions: {
      finalized_at: null as number | null,
      marked_uncollectible_at: null as number | null,
      paid_at: null as number | null,
      voided_at: null as number | null,
    },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: null,
    total: 0,
    total_discount_amounts: [] as { amount: number; discount: string }[],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [] as LineTax[],
    webhooks_delivered_at: null,
  };
}

export const paymentsOf = (sandbox: Sandbox, invoice: string): InvoicePayment[] =>
  sandbox.invoicePayments.all().filter((payment) => payment.invoice === invoice);
