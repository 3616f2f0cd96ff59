import { expect, it } from 'vitest';
import { isAllowedAddress, parseAllowlist } from './webhook-allowlist.ts';

it.each([
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '11.1.2.3', false],
  ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ['203.0.113.7', '203.0.113.7', true],
  ['203.0.113.7', '203.0.113.8', false],
  ['2001:db8::/32, 203.0.113.7', '2001:db8::1', true],
  ['2001:db8::1', '2001:db8::2', false],
  ['10.0.0.0/8', 'nonsense', false],
  ['0.0.0.0/0', '::1', false],
])('%s and a call from %s: %s', (list, address, allowed) => {
  expect(isAllowedAddress(parseAllowlist(list)!, address)).toBe(allowed);
});

it('lets everybody in only when nothing is listed', () => {
  expect(parseAllowlist(' , ')).toBeNull();
  const list = parseAllowlist('nonsense, 10, 10.0.0.0/33')!;
  expect(list.wrong).toEqual(['nonsense', '10', '10.0.0.0/33']);
  expect(isAllowedAddress(list, '10.0.0.1')).toBe(false);
});
