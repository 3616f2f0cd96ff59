import { describe, expect, it } from 'vitest';
import { formatMoney } from './money.ts';

describe('formatMoney', () => {
  it('says whole amounts without cents, and others with both digits', () => {
    expect(formatMoney(2_900)).toBe('$29');
    expect(formatMoney(99_000)).toBe('$990');
    expect(formatMoney(60)).toBe('$0.60');
    expect(formatMoney(1_234_567)).toBe('$12,345.67');
  });

  it('puts the minus before credits', () => expect(formatMoney(-1_450)).toBe('-$14.50'));

  it('knows currencies without a smaller unit', () => {
    expect(formatMoney(500, 'jpy')).toBe('¥500');
    expect(formatMoney(1_999, 'eur')).toBe('€19.99');
  });
});
