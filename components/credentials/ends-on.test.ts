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
    const hoursBefore = (hours: number) => endOf(end, end.getTime() - hours * 3_600_000);
    expect(hoursBefore(24 * 40)).toEqual({ tone: 'neutral', text: 'Until Mar 1, 2027' });
    expect(hoursBefore(24 * 3)).toEqual({ tone: 'warning', text: 'Ends in 3 days' });
    expect(hoursBefore(25)).toEqual({ tone: 'warning', text: 'Ends in 1 day' });
    expect(hoursBefore(2)).toEqual({ tone: 'warning', text: 'Ends within a day' });
    expect(hoursBefore(0)).toEqual({ tone: 'danger', text: 'Ended' });
    expect(endOf(null, 0)).toBeNull();
  });
});
