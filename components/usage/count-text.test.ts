import { expect, it } from 'vitest';
import { countFromText } from './count-text.ts';

it('reads numbers as people group their digits', () => {
  expect(['1000', '1,000', '1.000', '1 000 000', "12'500", ' 7 '].map(countFromText)).toEqual([
    1_000, 1_000, 1_000, 1_000_000, 12_500, 7,
  ]);
});

it('does not make a whole number of a part, and tells nothing from no number', () => {
  expect(countFromText('1.5')).toBe(1.5);
  expect(countFromText('  ')).toBeNull();
  expect(countFromText('many')).toBeNaN();
});
