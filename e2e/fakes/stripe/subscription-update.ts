import { chooseDiscounts, redeem } from './discounts.ts';
import { invalid } from './failure.ts';
import { buildInvoice, createInvoice, type Invoice } from './invoice.ts';
import { finalizeInvoice, methodFor, outcomeOf, payInvoice } from './invoice-payment.ts';
import type { Params } from './params.ts';
import { declined } from './payment-methods.ts';
import { addPendingItem } from './pending-items.ts';
import { type ChangePlan, itemChanges, planChange, prorationLine, restartLines } from './proration.ts';
import type { Sandbox } from './sandbox.ts';
import { isMetered, isOver, lastPeriodEnd, nextPeriodEnd, type Subscription } from './subscription.ts';
import { endTrial } from './trial.ts';

export type ProrationBehavior = 'create_prorations' | 'always_invoice' | 'none';

export const SUBSCRIPTION_UPDATE_PARAMS = [
  'automatic_tax',
  'billing_cycle_anchor',
  'cancel_at',
  'cancel_at_period_end',
  'cancellation_details',
  'default_payment_method',
  'description',
  'discounts',
  'items',
  'metadata',
  'off_session',
  'payment_behavior',
  'payment_settings',
  'proration_behavior',
  'proration_date',
  'trial_end',
  'trial_settings',
];

export function updateSubscription(sandbox: Sandbox, id: string, params: Params): Subscription {
  const subscription = sandbox.subscriptions.get(id);
  const only = new Set(['metadata', 'cancellation_details', 'expand']);
  if (isOver(subscription) && params.names().some((name) => !only.has(name)))
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
  const plan = plannedChange(sandbox, subscription, params);
  const behavior = prorationBehavior(params);
  if (plan) refuseUnpayable(sandbox, subscription, plan, params);
  const discounts = chooseDiscounts(sandbox, params);

  sandbox.change(subscription, 'customer.subscription.updated', () => {
    assign(sandbox, subscription, params);
    if (discounts)
      subscription.discounts = discounts.map(
        (choice) => redeem(sandbox, choice, { customer: subscription.customer, subscription: id }).id,
      );
  });
  if (plan)
    applyChange(sandbox, subscription, plan, behavior, params.integer('proration_date') ?? sandbox.now);
  if (params.text('trial_end') === 'now') endTrial(sandbox, subscription, 'now');
  return subscription;
}

export const prorationBehavior = (params: Params): ProrationBehavior =>
  params.choice('proration_behavior', ['create_prorations', 'always_invoice', 'none']) ?? 'create_prorations';

export function plannedChange(
  sandbox: Sandbox,
  subscription: Subscription,
  params: Params,
): ChangePlan | null {
  const anchor = params.inside('billing_cycle_anchor')?.choice('type', ['now', 'unchanged']);
  if (!params.has('items') && anchor !== 'now') return null;
  const at = params.integer('proration_date') ?? sandbox.now;
  return planChange(sandbox, subscription, itemChanges(sandbox, params), {
    at,
    prorate: prorationBehavior(params) !== 'none',
    restart: anchor === 'now',
  });
}

/** New items, and an invoice now if everything starts anew or `always_invoice` asks for it. */
export function applyChange(
  sandbox: Sandbox,
  subscription: Subscription,
  plan: ChangePlan,
  behavior: ProrationBehavior,
  at: number,
): void {
  const lines = changeLines(sandbox, subscription, plan, at);
  const start = Math.min(...subscription.items.data.map((item) => item.current_period_start));
  sandbox.change(subscription, 'customer.subscription.updated', () => {
    subscription.items.data = plan.items;
    if (plan.restart) subscription.billing_cycle_anchor = at;
  });
  if (!plan.restart) rememberDebits(sandbox, plan);
  if (!plan.restart && behavior === 'create_prorations') {
    for (const proration of plan.prorations) addPendingItem(sandbox, subscription, proration);
    return;
  }
  if (lines.length === 0) return;
  const period = { start, end: at };
  const reason = 'subscription_update' as const;
  const invoice = createInvoice(sandbox, { subscription, reason, lines, period, finalizesAt: null });
  invoice.auto_advance = true;
  finalizeInvoice(sandbox, invoice);
  if (invoice.status === 'open') payInvoice(sandbox, invoice);
}

/** What a change puts on an invoice of its own. */
export const changeLines = (sandbox: Sandbox, subscription: Subscription, plan: ChangePlan, at: number) =>
  plan.restart
    ? restartLines(sandbox, subscription, plan, at)
    : plan.prorations.map((proration) => prorationLine(subscription, proration));

/** The next credit of a changed item is a part of its new price, and of one that was changed without proration nothing more. */
function rememberDebits(sandbox: Sandbox, plan: ChangePlan): void {
  for (const proration of plan.prorations.filter(
    ({ amount, item }) => amount >= 0 && plan.items.some(({ id }) => id === item),
  ))
    sandbox.debits.set(proration.item, {
      net: proration.amount,
      ...proration.period,
      invoice: null,
      line: null,
    });
}

/** `error_if_incomplete`: nothing changes when the card would be refused. */
function refuseUnpayable(
  sandbox: Sandbox,
  subscription: Subscription,
  plan: ChangePlan,
  params: Params,
): void {
  const behaviors = ['allow_incomplete', 'default_incomplete', 'error_if_incomplete'] as const;
  if (params.choice('payment_behavior', behaviors) !== 'error_if_incomplete') return;
  if (!plan.restart && prorationBehavior(params) !== 'always_invoice') return;
  const preview: Invoice = buildInvoice(sandbox, {
    subscription,
    reason: 'subscription_update',
    lines: changeLines(sandbox, subscription, plan, params.integer('proration_date') ?? sandbox.now),
    period: { start: sandbox.now, end: sandbox.now },
  });
  const outcome = outcomeOf(sandbox, methodFor(sandbox, preview), false);
  if (preview.amount_due > 0 && outcome !== 'good') throw declined(outcome);
}

function assign(sandbox: Sandbox, subscription: Subscription, params: Params): void {
  subscription.metadata = params.metadata(subscription.metadata);
  subscription.description = params.text('description') ?? subscription.description;
  const method = params.text('default_payment_method');
  if (method !== undefined)
    subscription.default_payment_method = method
      ? sandbox.paymentMethods.get(method, 'default_payment_method').id
      : null;
  const details = params.inside('cancellation_details');
  if (details) {
    subscription.cancellation_details.comment = details.text('comment') ?? null;
    subscription.cancellation_details.feedback = details.text('feedback') ?? null;
  }
  const tax = params.inside('automatic_tax')?.flag('enabled');
  if (tax !== undefined) subscription.automatic_tax.enabled = tax;
  const unpaid = params
    .inside('trial_settings')
    ?.inside('end_behavior')
    ?.choice('missing_payment_method', ['cancel', 'create_invoice', 'pause']);
  if (unpaid) subscription.trial_settings.end_behavior.missing_payment_method = unpaid;
  const trialEnd = params.text('trial_end') === 'now' ? undefined : params.integer('trial_end');
  if (trialEnd !== undefined) moveTrialEnd(sandbox, subscription, trialEnd);
  assignCancellation(sandbox, subscription, params);
}

function moveTrialEnd(sandbox: Sandbox, subscription: Subscription, trialEnd: number): void {
  if (trialEnd <= sandbox.now)
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  subscription.status = 'trialing';
  subscription.trial_start ??= sandbox.now;
  subscription.trial_end = trialEnd;
  subscription.billing_cycle_anchor = trialEnd;
  for (const item of subscription.items.data) item.current_period_end = trialEnd;
}

function assignCancellation(sandbox: Sandbox, subscription: Subscription, params: Params): void {
  const atPeriodEnd = params.flag('cancel_at_period_end');
  const at = params.text('cancel_at');
  if (atPeriodEnd !== undefined)
    // of items with different periods it is the first end, as Stripe’s changelog of 2025-07-30 says
    scheduleCancellation(sandbox, subscription, atPeriodEnd ? nextPeriodEnd(subscription) : null, true);
  if (at === 'min_period_end') {
    const ends = subscription.items.data
      .filter(({ price }) => !isMetered(price))
      .map((item) => item.current_period_end);
    scheduleCancellation(sandbox, subscription, Math.min(...ends, lastPeriodEnd(subscription)), false);
  } else if (at === 'max_period_end')
    scheduleCancellation(sandbox, subscription, lastPeriodEnd(subscription), false);
  else if (at !== undefined)
    scheduleCancellation(sandbox, subscription, at === '' ? null : Number(at), false);
}

/** `null` takes a cancellation back. `cancel_at_period_end` says so only when it was asked for by that name. */
export function scheduleCancellation(
  sandbox: Sandbox,
  subscription: Subscription,
  at: number | null,
  byPeriodEnd: boolean,
): void {
  subscription.cancel_at = at;
  subscription.cancel_at_period_end = at !== null && byPeriodEnd;
  subscription.canceled_at = at === null ? null : sandbox.now;
  subscription.cancellation_details.reason = at === null ? null : 'cancellation_requested';
}
