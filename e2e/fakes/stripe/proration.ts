import { type Period, periodAt } from './calendar.ts';
import type { Price } from './catalog.ts';
import { invalid } from './failure.ts';
import { type CreditedItems, type InvoiceLine, newLine, periodLine } from './invoice-lines.ts';
import { netOf } from './invoice-totals.ts';
import type { Params } from './params.ts';
import { priceAmount, roundCents } from './price-amount.ts';
import type { Sandbox } from './sandbox.ts';
import {
  discountsOf,
  isMetered,
  newItem,
  planOf,
  type Subscription,
  type SubscriptionItem,
} from './subscription.ts';

/** What an item was charged, without tax, for which time. */
export interface Debit extends Period {
  net: number;
  invoice: string | null;
  line: string | null;
}

export interface Proration {
  item: string;
  price: Price;
  quantity: number;
  amount: number;
  period: Period;
  description: string;
  credited: CreditedItems | null;
}

export interface ItemChange {
  id: string | null;
  price: Price | null;
  quantity: number | null;
  metadata: Record<string, string> | null;
  deleted: boolean;
}

export interface ChangePlan {
  items: SubscriptionItem[];
  prorations: Proration[];
  /** Another interval, or the anchor moved: everything starts anew now and is invoiced at once. */
  restart: boolean;
}

export function itemChanges(sandbox: Sandbox, params: Params): ItemChange[] {
  return (params.list('items') ?? []).map((entry) => ({
    id: entry.text('id') ?? null,
    price: entry.has('price') ? sandbox.prices.get(entry.required('price'), 'items[price]') : null,
    quantity: entry.integer('quantity') ?? null,
    metadata: entry.has('metadata') ? entry.metadata() : null,
    deleted: entry.flag('deleted') ?? false,
  }));
}

/**
 * The items after a change and what is credited and charged for the rest of the period, from `at` (Unix seconds) on.
 * Credits are a part of what was really charged, as in Stripe’s flexible billing mode. Changes nothing.
 */
export function planChange(
  sandbox: Sandbox,
  subscription: Subscription,
  changes: ItemChange[],
  options: { at: number; prorate: boolean; restart?: boolean },
): ChangePlan {
  const before = subscription.items.data;
  const trialing = subscription.status === 'trialing';
  const changed = before.flatMap((item) =>
    changedItem(
      item,
      changes.find(({ id }) => id === item.id),
    ),
  );
  const added = changes
    .filter(({ id }) => id === null)
    .map((change) => addedItem(sandbox, subscription, change));
  unknownItem(before, changes);
  const restart = !trialing && (options.restart || changed.some((item) => otherInterval(before, item)));
  const items = [...changed, ...added].map((item) => (restart ? restarted(item, options.at) : item));
  if (items.length === 0) throw invalid('A subscription must have at least one item.', 'items');
  if (!options.prorate || trialing) return { items, prorations: [], restart };

  const touched = (item: SubscriptionItem) =>
    restart ||
    !same(
      item,
      items.find(({ id }) => id === item.id),
    );
  const credits = before.filter(touched).flatMap((item) => credit(sandbox, item, options.at));
  const debits = restart
    ? []
    : items
        .filter(
          (item) =>
            !same(
              item,
              before.find(({ id }) => id === item.id),
            ),
        )
        .flatMap((item) => debit(sandbox, subscription, item, options.at));
  return { items, prorations: [...credits, ...debits], restart };
}

export function prorationLine(subscription: Subscription, proration: Proration): InvoiceLine {
  const { credited, ...line } = proration;
  return newLine({ ...line, subscription: subscription.id, proration: { invoiceItem: null, credited } });
}

/** The lines of a new start: usage until now, credits, and the first full period of the new items. */
export function restartLines(
  sandbox: Sandbox,
  subscription: Subscription,
  plan: ChangePlan,
  at: number,
): InvoiceLine[] {
  const usage = subscription.items.data
    .filter((item) => isMetered(item.price))
    .map((item) => periodLine(sandbox, subscription, item, { start: item.current_period_start, end: at }));
  const first = plan.items
    .filter((item) => !isMetered(item.price))
    .map((item) =>
      periodLine(sandbox, subscription, item, {
        start: item.current_period_start,
        end: item.current_period_end,
      }),
    );
  return [...plan.prorations.map((proration) => prorationLine(subscription, proration)), ...usage, ...first];
}

function credit(sandbox: Sandbox, item: SubscriptionItem, at: number): Proration[] {
  const debit = sandbox.debits.get(item.id);
  if (isMetered(item.price) || !debit || debit.net <= 0 || at >= debit.end) return [];
  const from = Math.max(at, debit.start);
  return [
    {
      item: item.id,
      price: item.price,
      quantity: item.quantity ?? 1,
      amount: -roundCents((debit.net * (debit.end - from)) / (debit.end - debit.start)),
      period: { start: from, end: debit.end },
      description: `Unused time on ${sandbox.products.get(item.price.product).name} after ${day(from)}`,
      credited:
        debit.invoice && debit.line ? { invoice: debit.invoice, invoice_line_items: [debit.line] } : null,
    },
  ];
}

function debit(
  sandbox: Sandbox,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
): Proration[] {
  if (isMetered(item.price)) return [];
  const { current_period_start: start, current_period_end: end } = item;
  const full = netOf(
    sandbox,
    priceAmount(item.price, item.quantity ?? 1),
    discountsOf(sandbox, subscription),
  );
  return [
    {
      item: item.id,
      price: item.price,
      quantity: item.quantity ?? 1,
      amount: roundCents((full * (end - at)) / (end - start)),
      period: { start: at, end },
      description: `Remaining time on ${sandbox.products.get(item.price.product).name} after ${day(at)}`,
      credited: null,
    },
  ];
}

function changedItem(item: SubscriptionItem, change: ItemChange | undefined): SubscriptionItem[] {
  if (!change) return [item];
  if (change.deleted) return [];
  const price = change.price ?? item.price;
  return [
    {
      ...item,
      price,
      plan: planOf(price),
      quantity: isMetered(price) ? undefined : (change.quantity ?? item.quantity ?? 1),
      metadata: change.metadata ?? item.metadata,
    },
  ];
}

function addedItem(sandbox: Sandbox, subscription: Subscription, change: ItemChange): SubscriptionItem {
  if (!change.price?.recurring) throw invalid('A new item needs a recurring price.', 'items[price]');
  const period =
    subscription.status === 'trialing' && subscription.trial_end
      ? { start: sandbox.now, end: subscription.trial_end }
      : periodAt(subscription.billing_cycle_anchor, change.price.recurring, sandbox.now);
  return newItem(sandbox, subscription.id, {
    price: change.price,
    quantity: change.quantity ?? 1,
    metadata: change.metadata ?? {},
    period,
  });
}

function restarted(item: SubscriptionItem, at: number): SubscriptionItem {
  const period = periodAt(at, item.price.recurring!, at);
  return { ...item, current_period_start: period.start, current_period_end: period.end };
}

function otherInterval(before: SubscriptionItem[], item: SubscriptionItem): boolean {
  const old = before.find(({ id }) => id === item.id)?.price.recurring;
  const now = item.price.recurring;
  return old?.interval !== now?.interval || old?.interval_count !== now?.interval_count;
}

const same = (a: SubscriptionItem, b: SubscriptionItem | undefined) =>
  b !== undefined && a.price.id === b.price.id && a.quantity === b.quantity;

function unknownItem(items: SubscriptionItem[], changes: ItemChange[]): void {
  const unknown = changes.find(({ id }) => id !== null && !items.some((item) => item.id === id));
  if (unknown) throw invalid(`No such subscription item: '${unknown.id}'`, 'items[id]', 'resource_missing');
}

const day = (time: number) =>
  new Date(time * 1000).toLocaleDateString('en-GB', {
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
