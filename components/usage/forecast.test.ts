import { describe, expect, it } from 'vitest';
import { allowanceOf, forecastSentence, levelOf } from './forecast.ts';

const now = new Date(2026, 10, 15, 12).getTime();
const period = {
  startsAt: new Date(2026, 10, 1),
  endsAt: new Date(2026, 11, 1),
  used: 500,
  included: 1_000,
  credit: 0,
  overage: 0,
  forecast: 900,
};

describe('the month of usage', () => {
  it('may use what the plan, an operator and the extra give together', () => {
    expect(allowanceOf({ included: 1_000, credit: 50, overage: 200 })).toBe(1_250);
    expect(allowanceOf({ included: null, credit: 50, overage: 200 })).toBeNull();
  });

  it('is high from 80 % and full at all of it', () => {
    expect([799, 800, 999, 1_000, 1_001].map((used) => levelOf(used, 1_000))).toEqual([
      'fine',
      'high',
      'high',
      'full',
      'full',
    ]);
    expect(levelOf(1e9, null)).toBe('fine');
    expect(levelOf(0, 0)).toBe('full');
  });
});

describe('forecastSentence', () => {
  it('says nothing of the end when it is too early', () =>
    expect(forecastSentence({ ...period, forecast: null }, now)).toContain('just begun'));

  it('says that it is enough', () =>
    expect(forecastSentence(period, now)).toBe(
      'At this pace it will be about 900 by December 1. That is within your plan.',
    ));

  it('compares with nothing where there is no limit', () =>
    expect(forecastSentence({ ...period, included: null }, now)).toBe(
      'At this pace it will be about 900 by December 1.',
    ));

  it('says how many will be extra', () =>
    expect(forecastSentence({ ...period, forecast: 1_300, overage: 500 }, now)).toContain(
      'About 300 of them are extra executions.',
    ));

  it('says when they are used up: halfway between now and the end', () => {
    const sentence = forecastSentence({ ...period, forecast: 1_500 }, now);
    expect(sentence).toContain('used up around November 23.');
    expect(sentence).toContain('refused until December 1.');
  });

  it('says that all are used, extra ones too', () => {
    expect(forecastSentence({ ...period, used: 1_000 }, now)).toMatch(/^All are used\./);
    expect(forecastSentence({ ...period, used: 1_000, overage: 10 }, now)).not.toMatch(/^All are used\./);
  });
});
