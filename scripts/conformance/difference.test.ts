import { expect, test } from 'vitest';
import { difference, isA, pattern } from './difference.ts';

test.each<[unknown, unknown]>([
  [1, 1],
  [{ a: 1, b: { $undefined: true } }, { a: 1 }],
  [{ $undefined: true }, undefined],
  [
    [1, { a: [2] }],
    [1, { a: [2] }],
  ],
  [{ $date: '2024-01-01T00:00:00.000Z' }, { $date: '2024-01-01T00:00:00.000Z' }],
  [{ at: { $date: '2024-01-01T00:00:00.000Z' } }, { at: '2024-01-01T00:00:00.000Z' }],
  [{ $luxon: '2024-01-01T00:00:00.000Z' }, { $luxon: '2024-01-01T01:00:00.000+01:00', zone: 'UTC+1' }],
  [{ $number: 'NaN' }, null],
  [
    { $match: 'objectContaining', value: { a: 1 } },
    { a: 1, b: 2 },
  ],
  [{ $match: 'arrayContaining', value: [2] }, [1, 2]],
  [{ $match: 'stringContaining', value: 'b' }, 'abc'],
  [{ $match: 'any', value: { $function: 'String' } }, 'x'],
])('%j is like %j', (expected, found) => {
  expect(difference(expected, found)).toBeNull();
});

test.each<[unknown, unknown, string]>([
  [1, '1', 'value: expected 1, found "1"'],
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'a.b[1]: expected 2, found 3'],
  [[1], [1, 2], '1 elements expected, 2 found'],
  [{ a: 1 }, { a: 1, b: 2 }, 'b: expected nothing, found 2'],
  [{}, { $date: '2024-01-01' }, 'expected {}'],
  [null, { $undefined: true }, 'expected null'],
  [{ $match: 'anything' }, null, 'expected'],
  [
    { $luxon: '2024-01-01T00:00:00.000Z', zone: 'UTC' },
    { $luxon: '2024-01-01T00:00:00.000Z', zone: 'Asia/Tokyo' },
    'UTC',
  ],
])('%j is unlike %j', (expected, found, reason) => {
  expect(difference(expected, found)).toContain(reason);
});

test('patterns and classes', () => {
  expect(pattern('a.c').test('abc')).toBe(false);
  expect(pattern({ $regex: '^A', flags: 'i' }).test('abc')).toBe(true);
  expect(isA('ClockDate', { $date: 'x' })).toBe(true);
  expect(isA('DateTime', { $date: 'x' })).toBe(false);
});
