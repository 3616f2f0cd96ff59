import { describe, expect, it } from 'vitest';
import { endOf, fromDay, toDay } from './ends-on.ts';

describe('the day on which a credential ends', () => {
  it('is the whole day, and comes back as it was given', () => {
    const end = fromDay('2027-03-01')!;
    expect([end.getDate(), end.getHours()]).toEqual([1, 23]);
    expect(toDay(end)).toBe('2027-03-01');
    expect(toDay(null)).toBe('');
    expect(fromDay('')).toBeNull();
    expect(fromDay('soon')).toBeNull();
  });

  it('is said more loudly the nearer it comes', () => {
    const end = new Date('2027-03-01T12:00:00Z');
    const before = (hours: number) => endOf(end, end.getTime() - hours * 3_600_000);
    expect(before(24 * 40)).toEqual({ tone: 'neutral', text: 'Until Mar 1, 2027' });
    expect(before(24 * 3)).toEqual({ tone: 'warning', text: 'Ends in 3 days' });
    expect(before(25)).toEqual({ tone: 'warning', text: 'Ends in 1 day' });
    expect(before(2)).toEqual({ tone: 'warning', text: 'Ends within a day' });
    expect(before(0)).toEqual({ tone: 'danger', text: 'Ended' });
    expect(endOf(null, 0)).toBeNull();
  });
});
