import { expect, it } from 'vitest';
import { keptDays, keptSince } from './policy.ts';

it.each([
  ['free', undefined, 7],
  ['free', 30, 7],
  ['free', 3, 3],
  ['self-hosted', undefined, null],
  ['self-hosted', 14, 14],
  ['a plan of before', undefined, 7],
] as const)('on %s with an operator who says %s: %s days', (plan, operator, days) => {
  expect(keptDays(plan, operator)).toBe(days);
});

it('is a time in the past, or none', () => {
  const now = Date.parse('2026-03-31T12:00:00Z');
  expect(keptSince('free', 2, now)).toEqual(new Date('2026-03-29T12:00:00Z'));
  expect(keptSince('self-hosted', undefined, now)).toBeNull();
});
