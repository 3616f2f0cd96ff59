import { describe, expect, it } from 'vitest';
import type { Billing } from '#server/billing/schema.ts';
import type { Usage } from '#server/usage/schema.ts';
import { noticeOf } from './notice.ts';

const now = new Date(2026, 10, 22, 12).getTime();
const usage = (used: number, more: Partial<Usage['period']> = {}): Usage => ({
  plan: 'free',
  period: {
    startsAt: new Date('2026-11-01T00:00:00Z'),
    endsAt: new Date(2026, 11, 1),
    used,
    included: 1_000,
    credit: 0,
    overage: 0,
    forecast: null,
    ...more,
  },
  days: [],
  activeWorkflows: { used: 0, limit: 5 },
  members: { used: 1, limit: 3 },
  runningExecutions: { used: 0, limit: 5 },
  storageBytes: 0,
  retentionDays: 7,
});
const billing: Billing = {
  configured: true,
  plan: 'free',
  overridden: false,
  subscription: null,
  mayTry: true,
  overage: 0,
};
const pastDue: Billing = {
  ...billing,
  plan: 'pro',
  subscription: {
    plan: 'pro',
    interval: 'month',
    status: 'past_due',
    currentPeriodEnd: new Date(now),
    trialEndsAt: null,
    cancelAt: null,
    pastDueSince: new Date(now),
    graceEndsAt: new Date(now + 14 * 86_400_000),
  },
};
const of = (facts: Partial<Parameters<typeof noticeOf>[0]>) =>
  noticeOf({ usage: undefined, billing: undefined, hasSeat: true, now, ...facts });

describe('noticeOf', () => {
  it('is silent while there is enough, no limit, or nothing known yet', () => {
    expect(of({})).toBeNull();
    expect(of({ usage: usage(799), billing })).toBeNull();
    expect(of({ usage: usage(1e6, { included: null }), billing })).toBeNull();
  });

  it('says to whom the plan has no seat why they cannot change anything', () => {
    const notice = of({ usage: usage(1_000), hasSeat: false });
    expect(notice).toMatchObject({
      text: expect.stringContaining('no seat for you'),
      link: { page: 'members' },
    });
  });

  it('warns from 80 %, and can be put away for this month', () => {
    const notice = of({ usage: usage(812), billing });
    expect(notice).toMatchObject({ tone: 'warning', key: '2026-11-01T00:00:00.000Z' });
    expect(notice?.text).toContain('81 % of the 1,000 executions');
  });

  it('stays when all are used', () => {
    const notice = of({ usage: usage(1_000), billing });
    expect(notice).toMatchObject({ tone: 'danger', key: null });
    expect(notice?.text).toContain('refused until December 1');
  });

  it('counts credit and extra executions', () => {
    expect(of({ usage: usage(1_000, { credit: 500 }) })).toBeNull();
    expect(of({ usage: usage(1_000, { overage: 200 }) })).toMatchObject({ tone: 'warning' });
  });

  it('leads those who may choose a plan to the plans, and others to the usage', () => {
    expect(of({ usage: usage(1_000), billing })?.link.page).toBe('billing');
    expect(of({ usage: usage(1_000) })?.link.page).toBe('usage');
    expect(of({ usage: usage(1_000), billing: { ...billing, configured: false } })?.link.page).toBe('usage');
  });

  it('puts an open payment before everything else', () => {
    const notice = of({ usage: usage(1_000), billing: pastDue });
    expect(notice?.text).toContain('A payment failed');
    expect(notice?.link.page).toBe('billing');
    expect(of({ usage: usage(10), billing: { ...pastDue, overridden: true } })).toBeNull();
  });
});
