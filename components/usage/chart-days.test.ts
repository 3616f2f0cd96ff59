import { describe, expect, it } from 'vitest';
import { chartDays, dayName, niceTop } from './chart-days.ts';

describe('chartDays', () => {
  it('has every day from the first to the last of the period, known or not', () => {
    const days = chartDays([{ day: '2026-11-01', executions: 3 }], {
      startsAt: new Date('2026-11-01T00:00:00Z'),
      endsAt: new Date('2026-12-01T00:00:00Z'),
    });
    expect(days).toHaveLength(30);
    expect(days[0]).toEqual({ day: '2026-11-01', data: { day: '2026-11-01', executions: 3 } });
    expect(days.at(-1)).toEqual({ day: '2026-11-30', data: null });
  });

  it('counts the day on which a period ends at noon', () => {
    const days = chartDays([], {
      startsAt: new Date('2026-01-31T12:00:00Z'),
      endsAt: new Date('2026-02-28T12:00:00Z'),
    });
    expect([days[0]?.day, days.at(-1)?.day]).toEqual(['2026-01-31', '2026-02-28']);
  });
});

describe('niceTop', () => {
  it('is the next round number, never below 4', () =>
    expect([0, 3, 4, 5, 11, 41, 99, 100, 1_234, 8_001].map(niceTop)).toEqual([
      4, 4, 4, 5, 20, 50, 100, 100, 2_000, 10_000,
    ]));
});

it('names a day as it is in UTC', () => {
  expect(dayName('2026-11-05')).toBe('Nov 5');
  expect(dayName('2026-11-05', 'long')).toBe('Thursday, November 5');
});
