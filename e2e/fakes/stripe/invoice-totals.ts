import type { Discount } from './discounts.ts';
import type { Invoice } from './invoice.ts';
import type { InvoiceLine } from './invoice-lines.ts';
import { roundCents } from './price-amount.ts';
import type { Sandbox } from './sandbox.ts';

/** Fills in discounts, taxes and sums from the lines. `taxPercent` null: no automatic tax. */
export function applyTotals(
  sandbox: Sandbox,
  invoice: Invoice,
  discounts: Discount[],
  taxPercent: number | null,
): void {
  const lines = invoice.lines.data;
  for (const line of lines) {
    line.discount_amounts = [];
    line.taxes = [];
  }
  for (const discount of discounts) discountLines(sandbox, lines, discount);
  if (taxPercent !== null) for (const line of lines) taxLine(sandbox, line, taxPercent);

  invoice.subtotal = sum(lines.map((line) => line.amount));
  invoice.total_discount_amounts = discounts.map(({ id }) => ({
    amount: sum(
      lines.flatMap((line) => line.discount_amounts.filter((d) => d.discount === id)).map((d) => d.amount),
    ),
    discount: id,
  }));
  const taxes = lines.flatMap((line) => line.taxes);
  invoice.total_taxes = totalTaxes(taxes);
  const off = sum(invoice.total_discount_amounts.map(({ amount }) => amount));
  const inclusive = sum(taxes.filter((tax) => tax.tax_behavior === 'inclusive').map((tax) => tax.amount));
  const exclusive = sum(taxes.filter((tax) => tax.tax_behavior === 'exclusive').map((tax) => tax.amount));
  invoice.subtotal_excluding_tax = invoice.subtotal - inclusive;
  invoice.total = invoice.subtotal - off + exclusive;
  invoice.total_excluding_tax = invoice.total - exclusive - inclusive;
  applyBalance(sandbox, invoice);
}

/** A customer’s balance below zero is credit; a negative invoice adds to it. */
export function applyBalance(sandbox: Sandbox, invoice: Invoice): void {
  const balance = sandbox.customers.find(invoice.customer)?.balance ?? 0;
  invoice.starting_balance = balance;
  invoice.amount_due = Math.max(0, invoice.total + (invoice.total > 0 ? balance : 0));
  invoice.amount_remaining = invoice.amount_due - invoice.amount_paid;
}

/** The part of an amount that is left after the discounts: what a proration is counted from. */
export function netOf(sandbox: Sandbox, amount: number, discounts: Discount[]): number {
  return discounts.reduce((left, discount) => {
    const { percent_off, amount_off } = sandbox.coupons.get(discount.source.coupon);
    return percent_off === null
      ? Math.max(0, left - (amount_off ?? 0))
      : left - roundCents((left * percent_off) / 100);
  }, amount);
}

function discountLines(sandbox: Sandbox, lines: InvoiceLine[], discount: Discount): void {
  const { percent_off, amount_off } = sandbox.coupons.get(discount.source.coupon);
  const eligible = lines.filter((line) => line.discountable && net(line) > 0);
  const whole = sum(eligible.map(net));
  let left = Math.min(amount_off ?? 0, whole);
  let base = whole;
  for (const line of eligible) {
    const part =
      percent_off === null
        ? roundCents((left * net(line)) / base)
        : roundCents((net(line) * percent_off) / 100);
    base -= net(line);
    left -= part;
    line.discounts.push(discount.id);
    line.discount_amounts.push({ amount: part, discount: discount.id });
  }
}

function taxLine(sandbox: Sandbox, line: InvoiceLine, percent: number): void {
  const inclusive = sandbox.prices.find(line.pricing.price_details.price)?.tax_behavior === 'inclusive';
  const amount = inclusive
    ? roundCents((net(line) * percent) / (100 + percent))
    : roundCents((net(line) * percent) / 100);
  line.taxes = [
    {
      amount,
      tax_behavior: inclusive ? 'inclusive' : 'exclusive',
      tax_rate_details: { tax_rate: `txr_${percent}` },
      taxability_reason: 'standard_rated',
      taxable_amount: inclusive ? net(line) - amount : net(line),
      type: 'tax_rate_details',
    },
  ];
}

function totalTaxes(taxes: InvoiceLine['taxes']): InvoiceLine['taxes'] {
  return [...new Set(taxes.map((tax) => tax.tax_behavior))].map((behavior) => {
    const same = taxes.filter((tax) => tax.tax_behavior === behavior);
    return {
      ...same[0]!,
      amount: sum(same.map((tax) => tax.amount)),
      taxable_amount: sum(same.map((tax) => tax.taxable_amount)),
    };
  });
}

const net = (line: InvoiceLine) => line.amount - sum(line.discount_amounts.map(({ amount }) => amount));
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
