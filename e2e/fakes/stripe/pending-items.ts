import type { Price } from './catalog.ts';
import { newId } from './collection.ts';
import { type CreditedItems, type InvoiceLine, newLine } from './invoice-lines.ts';
import type { Proration } from './proration.ts';
import type { Sandbox } from './sandbox.ts';
import type { Subscription } from './subscription.ts';

export type PendingItem = ReturnType<typeof newPendingItem>;

/** Keeps a proration for the next invoice. */
export function addPendingItem(sandbox: Sandbox, subscription: Subscription, proration: Proration): void {
  const item = sandbox.pendingItems.add(newPendingItem(sandbox, subscription, proration));
  sandbox.emit('invoiceitem.created', item);
}

export const pendingItemsOf = (sandbox: Sandbox, subscription: string): PendingItem[] =>
  sandbox.pendingItems
    .all()
    .filter(
      (item) => item.invoice === null && item.parent.subscription_details.subscription === subscription,
    );

export function pendingLine(sandbox: Sandbox, item: PendingItem): InvoiceLine {
  return newLine({
    subscription: item.parent.subscription_details.subscription,
    item: item.parent.subscription_details.subscription_item,
    price: sandbox.prices.get(item.pricing.price_details.price),
    amount: item.amount,
    quantity: item.quantity,
    description: item.description,
    period: item.period,
    proration: { invoiceItem: item.id, credited: item.proration_details.credited_items },
  });
}

function newPendingItem(sandbox: Sandbox, subscription: Subscription, proration: Proration) {
  const price: Price = proration.price;
  return {
    id: newId('ii'),
    object: 'invoiceitem' as const,
    amount: proration.amount,
    currency: price.currency,
    customer: subscription.customer,
    customer_account: null,
    date: sandbox.now,
    description: proration.description,
    discountable: false,
    discounts: [],
    invoice: null as string | null,
    livemode: false,
    metadata: {},
    net_amount: proration.amount,
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: proration.item },
      type: 'subscription_details' as const,
    },
    period: proration.period,
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details' as const,
      unit_amount_decimal: price.unit_amount_decimal,
    },
    proration: true,
    proration_details: { credited_items: proration.credited as CreditedItems | null },
    quantity: proration.quantity,
    quantity_decimal: String(proration.quantity),
    tax_rates: [],
    test_clock: null,
  };
}
