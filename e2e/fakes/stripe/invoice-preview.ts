import { chooseDiscounts, type Discount, newDiscount } from './discounts.ts';
import { Failure, invalid } from './failure.ts';
import { buildInvoice, type Invoice } from './invoice.ts';
import type { InvoiceLine } from './invoice-lines.ts';
import type { Params } from './params.ts';
import { pendingItemsOf, pendingLine } from './pending-items.ts';
import { prorationLine } from './proration.ts';
import { renewalLines } from './renewal.ts';
import type { Sandbox } from './sandbox.ts';
import { nextPeriodEnd, type Subscription } from './subscription.ts';
import { draftSubscription, firstLines, itemsFrom, termsFrom } from './subscription-create.ts';
import { changeLines, plannedChange, prorationBehavior } from './subscription-update.ts';

export const PREVIEW_PARAMS = [
  'automatic_tax',
  'customer',
  'discounts',
  'preview_mode',
  'subscription',
  'subscription_details',
];

/** What the next invoice will say, or the one that a change or a new subscription would bring at once. Changes nothing. */
export function previewInvoice(sandbox: Sandbox, params: Params): Invoice {
  const details = params.inside('subscription_details');
  const id = params.text('subscription') ?? subscriptionOf(sandbox, params, details);
  if (!id) return previewNew(sandbox, params, details);
  const subscription = sandbox.subscriptions.get(id, 'subscription');
  const discounts = discountsFrom(sandbox, params);
  const plan = details ? plannedChange(sandbox, subscription, details) : null;
  if (!plan || !details) return previewRenewal(sandbox, subscription, [], discounts);
  const at = details.integer('proration_date') ?? sandbox.now;
  const behavior = prorationBehavior(details);
  if (!plan.restart && behavior !== 'always_invoice') {
    const changed = { ...subscription, items: { ...subscription.items, data: plan.items } };
    const lines = plan.prorations.map((proration) => prorationLine(subscription, proration));
    return previewRenewal(sandbox, changed, lines, discounts);
  }
  const period = {
    start: Math.min(...subscription.items.data.map((item) => item.current_period_start)),
    end: at,
  };
  const lines = [...waiting(sandbox, subscription), ...changeLines(sandbox, subscription, plan, at)];
  return upcoming(
    buildInvoice(sandbox, {
      subscription,
      reason: 'subscription_update',
      lines,
      period,
      ...(discounts && { discounts }),
    }),
  );
}

/** The invoice at the end of the period, with what waits for it. */
export function previewRenewal(
  sandbox: Sandbox,
  subscription: Subscription,
  more: InvoiceLine[] = [],
  discounts?: Discount[],
): Invoice {
  const end = nextPeriodEnd(subscription);
  const over = subscription.cancel_at !== null && subscription.cancel_at <= end;
  if (over || subscription.status === 'canceled')
    throw new Failure(
      404,
      'invalid_request_error',
      `No upcoming invoices for customer: ${subscription.customer}`,
      {
        code: 'invoice_upcoming_none',
      },
    );
  const due = subscription.items.data.filter((item) => item.current_period_end === end);
  const lines = [...waiting(sandbox, subscription), ...more, ...renewalLines(sandbox, subscription, due)];
  const period = { start: Math.min(...due.map((item) => item.current_period_start)), end };
  const input = {
    subscription,
    reason: 'subscription_cycle' as const,
    lines,
    period,
    ...(discounts && { discounts }),
  };
  const invoice = upcoming(buildInvoice(sandbox, input));
  invoice.created = end;
  invoice.next_payment_attempt = end + sandbox.settings.draftSeconds;
  return invoice;
}

function previewNew(sandbox: Sandbox, params: Params, details: Params | undefined): Invoice {
  const items = itemsFrom(sandbox, details?.list('items') ?? []);
  if (items.length === 0)
    throw invalid(
      'You must provide subscription, or subscription_details[items].',
      'subscription_details[items]',
    );
  const terms = {
    ...termsFrom(sandbox, details, items[0]?.price.currency),
    customer: params.text('customer') ?? '',
    automaticTax: params.inside('automatic_tax')?.flag('enabled') ?? false,
  };
  const subscription = draftSubscription(sandbox, { terms, items });
  const lines = firstLines(sandbox, subscription);
  const discounts = discountsFrom(sandbox, params);
  const period = { start: sandbox.now, end: sandbox.now };
  return upcoming(
    buildInvoice(sandbox, {
      subscription,
      reason: 'subscription_create',
      lines,
      period,
      ...(discounts && { discounts }),
    }),
  );
}

/** `customer` alone means its only subscription. */
function subscriptionOf(sandbox: Sandbox, params: Params, details: Params | undefined): string | undefined {
  const customer = params.text('customer');
  if (!customer || details?.has('items')) return undefined;
  sandbox.customers.get(customer, 'customer');
  return sandbox.subscriptions
    .newestFirst()
    .find((one) => one.customer === customer && one.status !== 'canceled')?.id;
}

function discountsFrom(sandbox: Sandbox, params: Params): Discount[] | undefined {
  return chooseDiscounts(sandbox, params)?.map((choice) =>
    temporary(sandbox, newDiscount(sandbox, sandbox.coupons.get(choice.coupon), choice.promotionCode, {})),
  );
}

/** Kept so that `expand` finds it. */
const temporary = (sandbox: Sandbox, discount: Discount): Discount => sandbox.discounts.add(discount);

const waiting = (sandbox: Sandbox, subscription: Subscription): InvoiceLine[] =>
  pendingItemsOf(sandbox, subscription.id).map((item) => pendingLine(sandbox, item));

function upcoming(invoice: Invoice): Invoice {
  invoice.id = `upcoming_${invoice.id}`;
  return invoice;
}
