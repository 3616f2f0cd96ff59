import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { PLAN_MARK } from './catalog.ts';
import { chooseSubscription, differencesOf, stateOf, viewOf } from './policy.ts';

const DAY = 86_400;

function price(plan: string | null, interval: string, usage = false) {
  const metadata = plan ? { [PLAN_MARK]: plan } : {};
  return { metadata, lookup_key: null, recurring: { interval, usage_type: usage ? 'metered' : 'licensed' } };
}

function subscription(
  id: string,
  status: string,
  plan: string | null,
  more: object = {},
): Stripe.Subscription {
  const period = { current_period_start: 100, current_period_end: 100 + 30 * DAY };
  return {
    ...{ id, status, created: 1, cancel_at: null, cancel_at_period_end: false, trial_start: null },
    ...{ trial_end: null, billing_cycle_anchor: 100, metadata: {} },
    items: { data: [{ id: `si_${id}`, price: price(plan, 'month'), ...period }] },
    ...more,
  } as unknown as Stripe.Subscription;
}

describe('the subscription that counts', () => {
  it.each([
    ['one that holds', ['past_due', 'business'], ['active', 'pro'], 'b'],
    ['the larger plan', ['active', 'pro'], ['trialing', 'business'], 'b'],
    [
      'one that owes before one that waits for its first payment',
      ['unpaid', 'pro'],
      ['incomplete', 'business'],
      'a',
    ],
    ['one that is not over', ['canceled', 'business'], ['paused', 'pro'], 'b'],
    ['one of ours', ['active', null], ['past_due', 'pro'], 'b'],
    ['the newest of the same', ['active', 'pro'], ['active', 'pro'], 'b'],
  ] as const)('is %s', (_what, [aStatus, aPlan], [bStatus, bPlan], expected) => {
    const both = [subscription('a', aStatus, aPlan), subscription('b', bStatus, bPlan, { created: 2 })];
    expect(chooseSubscription(both)?.subscription.id).toBe(expected);
    expect(chooseSubscription(both.reverse())?.subscription.id).toBe(expected);
  });

  it('is none when all are over, and a trial stays used', () => {
    const over = subscription('a', 'canceled', 'pro', { trial_start: 50 });
    expect(stateOf([over], [])).toMatchObject({
      ...{ subscriptionId: null, plan: null, status: 'canceled', trialUsedAt: new Date(50_000) },
    });
  });
});

describe('an open payment', () => {
  const invoice = (more: object) =>
    ({
      attempted: true,
      due_date: null,
      created: 1,
      status_transitions: { finalized_at: 500 },
      ...more,
    }) as Stripe.Invoice;

  it('is counted from the first bill that became due', () => {
    const owing = subscription('a', 'past_due', 'pro');
    const bills = [invoice({}), invoice({ status_transitions: { finalized_at: 300 } })];
    const not = invoice({ attempted: false, status_transitions: { finalized_at: 200 } });
    expect(stateOf([owing], [...bills, not]).pastDueSince).toEqual(new Date(300_000));
    expect(stateOf([owing], [...bills, invoice({ due_date: 250 })]).pastDueSince).toEqual(new Date(250_000));
    expect(stateOf([subscription('a', 'active', 'pro')], bills).pastDueSince).toBeNull();
    const row = stateOf([owing], bills);
    expect(viewOf(row)?.graceEndsAt).toEqual(new Date((300 + 14 * DAY) * 1000));
  });
});

it('what differs is named, times by their value', () => {
  const state = stateOf([subscription('a', 'active', 'pro', { cancel_at_period_end: true })], []);
  expect(state.cancelAt).toEqual(new Date((100 + 30 * DAY) * 1000));
  const row = { ...state, currentPeriodEnd: new Date(state.currentPeriodEnd!), status: 'past_due' };
  expect(differencesOf(row, state)).toEqual([{ field: 'status', here: 'past_due', inStripe: 'active' }]);
});
