import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, parseLimits } from './policy.ts';

test('the setting changes single limits, takes one away, or all', () => {
  expect(parseLimits('')).toEqual(DEFAULT_LIMITS);
  const changed = parseLimits('reads.key=600, auth.address=20,webhooks.endpoint=0');
  expect(changed.reads.limits).toEqual({ ...DEFAULT_LIMITS.reads.limits, key: 600 });
  expect(changed.auth.limits.address).toBe(20);
  expect(changed.webhooks.limits).toEqual({ address: DEFAULT_LIMITS.webhooks.limits.address });
  expect(Object.values(parseLimits('off')).map((policy) => policy.limits)).toEqual(
    Object.keys(DEFAULT_LIMITS).map(() => ({})),
  );
  expect(DEFAULT_LIMITS.reads.limits.key).not.toBe(600);
});

test.each([
  'reads.key',
  'reads.cat=1',
  'cats.key=1',
  'constructor.key=1',
  'auth.key=5',
  'reads.key=-1',
  'on',
])('%s is refused by name', (setting) => {
  expect(() => parseLimits(setting)).toThrow(setting);
});
