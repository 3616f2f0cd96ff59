import type { Period } from './calendar.ts';
import type { Price } from './catalog.ts';
import { newId } from './collection.ts';
import { usageOf } from './meters.ts';
import { priceAmount } from './price-amount.ts';
import type { Sandbox } from './sandbox.ts';
import { isMetered, type Subscription, type SubscriptionItem } from './subscription.ts';

export type InvoiceLine = ReturnType<typeof newLine>;

export interface LineInput {
  subscription: string;
  item: string;
  price: Price;
  amount: number;
  quantity: number;
  description: string;
  period: Period;
  proration?: { invoiceItem: string | null; credited: CreditedItems | null };
}

export interface CreditedItems {
  invoice: string;
  invoice_line_items: string[];
}

/** What an item costs for a period: the quantity ahead of it, or the usage in it. */
export function periodLine(
  sandbox: Sandbox,
  subscription: Subscription,
  item: SubscriptionItem,
  period: Period,
): InvoiceLine {
  const { price } = item;
  const meter = price.recurring?.meter;
  const quantity =
    isMetered(price) && meter
      ? usageOf(sandbox, sandbox.meters.get(meter), subscription.customer, period)
      : (item.quantity ?? 1);
  const product = sandbox.products.get(price.product).name;
  const rate =
    price.unit_amount_decimal === null
      ? 'tiered'
      : `at ${money(Number(price.unit_amount_decimal), price.currency)}`;
  return newLine({
    subscription: subscription.id,
    item: item.id,
    price,
    amount: priceAmount(price, quantity),
    quantity,
    description: `${quantity} × ${product} (${rate} / ${price.recurring?.interval ?? 'once'})`,
    period,
  });
}

/** The first invoice of a trial: nothing to pay. */
export function trialLine(sandbox: Sandbox, subscription: Subscription, item: SubscriptionItem): InvoiceLine {
  return newLine({
    subscription: subscription.id,
    item: item.id,
    price: item.price,
    amount: 0,
    quantity: item.quantity ?? 0,
    description: `Trial period for ${sandbox.products.get(item.price.product).name}`,
    period: { start: item.current_period_start, end: item.current_period_end },
  });
}

export function newLine(input: LineInput) {
  return {
    id: newId('il'),
    object: 'line_item' as const,
    amount: input.amount,
    currency: input.price.currency,
    description: input.description,
    discount_amounts: [] as { amount: number; discount: string }[],
    discountable: !input.proration,
    discounts: [] as string[],
    invoice: null as string | null,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: input.proration?.invoiceItem ?? null,
        proration: Boolean(input.proration),
        proration_details: input.proration ? { credited_items: input.proration.credited } : null,
        subscription: input.subscription,
        subscription_item: input.item,
      },
      type: 'subscription_item_details' as const,
    },
    period: input.period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: input.price.id, product: input.price.product },
      type: 'price_details' as const,
      unit_amount_decimal: input.price.unit_amount_decimal,
    },
    quantity: input.quantity,
    quantity_decimal: String(input.quantity),
    subscription: input.subscription,
    subtotal: input.amount,
    taxes: [] as LineTax[],
  };
}

export interface LineTax {
  amount: number;
  tax_behavior: 'exclusive' | 'inclusive';
  tax_rate_details: { tax_rate: string };
  taxability_reason: 'standard_rated';
  taxable_amount: number;
  type: 'tax_rate_details';
}

/** `$29.00`; parts of a cent are shown. */
export const money = (cents: number, currency: string): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    maximumFractionDigits: 6,
    minimumFractionDigits: 2,
  }).format(cents / 100);
