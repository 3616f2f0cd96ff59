import { describe, expect, it } from 'vitest';
import { fromDraft, toDraft, toText } from './cell-values.ts';

describe('the value of a cell', () => {
  it('is shown in the way of its type', () => {
    expect(toText('x', 'string')).toBe('x');
    expect(toText({ a: 1 }, 'string')).toBe('{"a":1}');
    expect(toText(0.5, 'number')).toBe('0.5');
    expect(toText(false, 'boolean')).toBe('No');
    expect(toText(new Date(2026, 0, 2, 3, 4, 5).toISOString(), 'date')).toBe('2026-01-02 03:04:05');
    for (const type of ['string', 'number', 'boolean', 'date'] as const) expect(toText(null, type)).toBe('');
  });

  it('comes back from its editor as it was', () => {
    const date = new Date(2026, 5, 30, 23, 59, 58).toISOString();
    for (const [value, type] of [
      ['  two\nlines ', 'string'],
      [-1.5, 'number'],
      [true, 'boolean'],
      [false, 'boolean'],
      [date, 'date'],
      [null, 'date'],
      [null, 'string'],
    ] as const)
      expect(fromDraft(toDraft(value, type), type)).toEqual({ value });
  });

  it('is refused where it does not fit', () => {
    expect(fromDraft('12 apples', 'number')).toEqual({ problem: 'Enter a number, like 12 or 0.5.' });
    expect(fromDraft('Infinity', 'number')).toHaveProperty('problem');
    expect(fromDraft('soon', 'date')).toHaveProperty('problem');
    expect(fromDraft('  ', 'number')).toEqual({ value: null });
  });
});
