import { describe, expect, it } from 'vitest';
import { daysUntil, formatDay, inDays } from './dates.ts';

const now = new Date(2026, 10, 22, 12).getTime();

describe('dates of bills', () => {
  it('name the year only when it is another', () => {
    expect(formatDay(new Date(2026, 11, 4), now)).toBe('December 4');
    expect(formatDay(new Date(2027, 0, 4), now)).toBe('January 4, 2027');
  });

  it('count a begun day, and never below zero', () => {
    expect(daysUntil(new Date(now + 1), now)).toBe(1);
    expect(daysUntil(new Date(now + 86_400_000), now)).toBe(1);
    expect(daysUntil(new Date(now + 86_400_001), now)).toBe(2);
    expect(daysUntil(new Date(now - 1), now)).toBe(0);
    expect([inDays(1), inDays(2)]).toEqual(['1 day', '2 days']);
  });
});
