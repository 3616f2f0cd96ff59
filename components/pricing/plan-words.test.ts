import { describe, expect, it } from 'vitest';
import { PLANS } from '#server/plans/schema.ts';
import { everySeconds, highlightsOf, keptFor, PLAN_ROWS, savingOf } from './plan-words.ts';

const row = (label: string) => PLAN_ROWS.find((one) => one.label === label)!.text;

describe('plans in words', () => {
  it('says how often in the largest unit that fits', () => {
    expect([300, 60, 10, 1, 90].map(everySeconds)).toEqual([
      'every 5 minutes',
      'every minute',
      'every 10 seconds',
      'every second',
      'every 90 seconds',
    ]);
  });

  it('has a text for every limit of every plan, with no number missing', () => {
    for (const plan of Object.values(PLANS))
      for (const { label, text } of PLAN_ROWS) expect(text(plan), `${plan.key}: ${label}`).toMatch(/^[^a-z]/);
    for (const plan of Object.values(PLANS))
      expect([...PLAN_ROWS.map(({ text }) => text(plan)), ...highlightsOf(plan)].join()).not.toMatch(
        /null|undefined|NaN/,
      );
  });

  it('says what is not limited, and what cannot be bought', () => {
    const extra = row('Extra executions');
    expect([extra(PLANS.free), extra(PLANS.pro), extra(PLANS.business), extra(PLANS.enterprise)]).toEqual([
      '–',
      '$1 per 1,000',
      '$0.60 per 1,000',
      'Not needed',
    ]);
    expect(row('Active workflows')(PLANS.business)).toBe('Unlimited');
    expect([7, 365, null].map(keptFor)).toEqual(['7 days', '1 year', 'For ever']);
  });

  it('counts what a year saves', () => {
    expect(savingOf({ month: 2_900, year: 29_000 })).toEqual({ cents: 5_800, percent: 16 });
    expect(savingOf({ month: 0, year: 0 })).toEqual({ cents: 0, percent: 0 });
  });
});
