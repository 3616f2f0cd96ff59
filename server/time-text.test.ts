import { expect, test } from 'vitest';
import { toTimeText } from './time-text.ts';

test('writes a time of the database as Date writes it', () => {
  for (const fraction of ['', '.5', '.05', '.123', '.12', '.001']) {
    const json = `2026-01-31T23:59:59${fraction}+00:00`;
    expect(toTimeText(json)).toBe(new Date(json).toISOString());
  }
});

test('reads the zone of a connection that is not in UTC', () => {
  expect(toTimeText('2026-02-01T00:59:59.5+01:00')).toBe('2026-01-31T23:59:59.500Z');
});
