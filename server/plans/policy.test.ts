import { expect, test } from 'vitest';
import { GRACE_DAYS } from '../billing/schema.ts';
import { assertMayActivate, assertMayRunEvery, effectivePlan, upgradeFor } from './policy.ts';
import { PLAN_KEYS, PLANS } from './schema.ts';

const NOW = new Date('2027-03-31T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const bought = (status: string | null, pastDueSince: Date | null = null, plan: string | null = 'pro') => ({
  plan,
  status,
  pastDueSince,
});

test.each([
  ['nothing was bought', null, 'free'],
  ['it is paid', bought('active'), 'pro'],
  ['it is tried', bought('trialing'), 'pro'],
  ['a payment is open', bought('past_due', daysAgo(1)), 'pro'],
  ['grace is about to end', bought('past_due', new Date(daysAgo(GRACE_DAYS).getTime() + 1)), 'pro'],
  ['grace has ended', bought('past_due', daysAgo(GRACE_DAYS)), 'free'],
  ['it was never paid', bought('unpaid', daysAgo(1)), 'free'],
  ['it is over', bought('canceled'), 'free'],
  ['the first payment is open', bought('incomplete'), 'free'],
  ['a plan that is not sold any more', bought('active', null, 'gold'), 'free'],
])('when %s', (_when, subscription, expected) => {
  const choices = { override: null, bought: subscription, otherwise: 'free' as const };
  expect(effectivePlan(choices, NOW).key).toBe(expected);
});

test('an operator decides before anything that was bought', () => {
  const choices = { override: 'enterprise', bought: bought('active'), otherwise: 'free' as const };
  expect(effectivePlan(choices, NOW).key).toBe('enterprise');
});

test('a larger plan has more of everything', () => {
  const sold = PLAN_KEYS.filter((key) => key !== 'self-hosted').map((key) => PLANS[key]);
  for (const [smaller, larger] of sold.slice(1).map((plan, i) => [sold[i]!, plan] as const)) {
    for (const name of [
      'executionsPerMonth',
      'activeWorkflows',
      'members',
      'concurrentExecutions',
      'retentionDays',
    ] as const)
      expect(larger[name] ?? Number.POSITIVE_INFINITY, `${larger.key} ${name}`).toBeGreaterThanOrEqual(
        smaller[name] ?? Number.POSITIVE_INFINITY,
      );
    expect(larger.minScheduleSeconds).toBeLessThanOrEqual(smaller.minScheduleSeconds);
    expect(larger.weight).toBeGreaterThan(smaller.weight);
  }
});

test('what to buy for more of a limit', () => {
  expect(upgradeFor(PLANS.free, 'executionsPerMonth')).toBe('pro');
  expect(upgradeFor(PLANS.pro, 'members')).toBe('business');
  expect(upgradeFor(PLANS.business, 'activeWorkflows')).toBeNull(); // it has any number
  expect(upgradeFor(PLANS['self-hosted'], 'members')).toBeNull();
});

test('refusals say what to do', () => {
  expect(() => assertMayActivate(PLANS.free, 4)).not.toThrow();
  expect(() => assertMayActivate(PLANS.free, 5)).toThrow(
    'The plan Free has 5 active workflows, and all are in use. Deactivate one first. The plan Pro has more.',
  );
  expect(() => assertMayActivate(PLANS.business, 5_000)).not.toThrow();
  expect(() => assertMayRunEvery(PLANS.free, 'Poll', 300)).not.toThrow();
  expect(() => assertMayRunEvery(PLANS.free, 'Poll', 60)).toThrow(
    'Poll: the plan Free starts schedules every 5 minutes at most.',
  );
});
