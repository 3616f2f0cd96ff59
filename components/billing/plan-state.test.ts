import { describe, expect, it } from 'vitest';
import type { Billing, SubscriptionView } from '#server/billing/schema.ts';
import { isSettled, isUnderWay, planState } from './plan-state.ts';

const now = new Date(2026, 10, 22, 12).getTime();
const day = (n: number) => new Date(now + n * 86_400_000);
const subscription: SubscriptionView = {
  plan: 'pro',
  interval: 'month',
  status: 'active',
  currentPeriodEnd: day(20),
  trialEndsAt: null,
  cancelAt: null,
  pastDueSince: null,
  graceEndsAt: null,
};
const billing = (change: Partial<SubscriptionView> | null, more: Partial<Billing> = {}): Billing => ({
  configured: true,
  plan: 'pro',
  overridden: false,
  subscription: change && { ...subscription, ...change },
  mayTry: false,
  overage: 0,
  ...more,
});
const stateOf = (change: Partial<SubscriptionView> | null, more: Partial<Billing> = {}) =>
  planState(billing(change, more), now);

describe('planState', () => {
  it('says when an active plan renews, and for how much', () => {
    expect(stateOf({})).toEqual({ badge: null, text: '$29 a month. Renews on December 12.', todo: null });
    expect(stateOf({ interval: 'year' }).text).toContain('$290 a year.');
  });

  it('counts the days of a trial and says what it costs then', () => {
    const state = stateOf({ status: 'trialing', trialEndsAt: day(13) });
    expect(state.badge?.text).toBe('Trial, 13 days left');
    expect(state.text).toContain('Free until December 5, then $29 a month.');
  });

  it('offers to take a cancellation back, in a trial too', () => {
    const state = stateOf({ cancelAt: day(20) });
    expect(state).toMatchObject({ badge: { text: 'Cancelled' }, todo: 'keep' });
    expect(state.text).toContain('Pro holds until December 12.');
    const trial = stateOf({ status: 'trialing', trialEndsAt: day(3), cancelAt: day(3) });
    expect(trial.todo).toBe('keep');
  });

  it('says since when a payment is open, until when the plan holds, and what to do', () => {
    const state = stateOf({ status: 'past_due', pastDueSince: day(-4), graceEndsAt: day(10) });
    expect(state).toMatchObject({ badge: { tone: 'danger' }, todo: 'pay' });
    expect(state.text).toContain('failed on November 18.');
    expect(state.text).toContain('Pro holds until December 2');
  });

  it('does not promise a plan whose grace is over', () => {
    const state = stateOf(
      { status: 'past_due', pastDueSince: day(-20), graceEndsAt: day(-6) },
      { plan: 'free' },
    );
    expect(state.text).toContain('are over, and the workspace is on the Free plan');
    expect(state.text).not.toContain('holds until');
  });

  it('leads to the payment in every state that waits for one', () => {
    for (const status of ['past_due', 'unpaid', 'incomplete', 'paused'] as const)
      expect([status, stateOf({ status }).todo]).toEqual([status, 'pay']);
  });

  it('says that the operator chose, whatever was bought', () => {
    expect(stateOf(null, { overridden: true, plan: 'enterprise' }).text).toBe(
      'The operator chose this plan for you.',
    );
    expect(stateOf({ status: 'past_due' }, { overridden: true })).toMatchObject({ todo: null });
  });

  it('says nothing special without a subscription, or after one', () => {
    for (const change of [null, { status: 'canceled' as const }, { status: 'incomplete_expired' as const }])
      expect(stateOf(change, { plan: 'free' })).toEqual({
        badge: null,
        text: 'It costs nothing and does not end.',
        todo: null,
      });
  });
});

it('changes a subscription that is there, and only one that is paid', () => {
  expect(isUnderWay(null)).toBe(false);
  expect(isUnderWay({ ...subscription, status: 'canceled' })).toBe(false);
  expect(isUnderWay({ ...subscription, status: 'unpaid' })).toBe(true);
  expect(isSettled({ ...subscription, status: 'trialing' })).toBe(true);
  expect(isSettled({ ...subscription, status: 'past_due' })).toBe(false);
});
