import { expect, test } from 'vitest';
import { formatAgo, formatDuration } from './format-time.ts';

const NOW = Date.UTC(2027, 5, 15, 12);
const MIN = 60_000;

test.each([
  [0, 'just now'],
  [44_000, 'just now'],
  [50_000, '1 min ago'],
  [59 * MIN, '59 min ago'],
  [60 * MIN, '1 h ago'],
  [47 * 60 * MIN, '1 d ago'],
  [13 * 1440 * MIN, '13 d ago'],
  [30 * 1440 * MIN, 'May 16'],
  [400 * 1440 * MIN, 'May 11, 2026'],
])('%i ms before now reads “%s”', (age, text) => {
  expect(formatAgo(NOW - age, NOW)).toBe(text);
});

test.each([
  [0, '< 1 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [9_990, '9.9 s'],
  [12_400, '12 s'],
  [59_999, '59 s'],
  [65_000, '1 min 5 s'],
  [2 * 3_600_000 + 14 * MIN, '2 h 14 min'],
])('%d ms last “%s”', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
