import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseEnv } from '../env.ts';
import { addressFrom, addressGroup, callerAddress, isInRanges } from './caller-address.ts';

const PROXIES = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8'];

describe('the address of a caller', () => {
  test.each([
    ['no proxy, no header', '203.0.113.9', undefined, '203.0.113.9'],
    ['a caller who writes the header', '203.0.113.9', '127.0.0.1', '203.0.113.9'],
    ['a proxy of ours', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['a proxy by its mapped address', '::ffff:10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['two proxies of ours', '10.1.2.3', '203.0.113.9, 192.0.2.7', '203.0.113.9'],
    ['a caller who writes before the proxy does', '10.1.2.3', '127.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['a strange proxy before ours', '10.1.2.3', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['a caller who writes nonsense', '10.1.2.3', "'; drop, 10.9.9.9", '10.9.9.9'],
    ['a proxy that calls itself', '10.1.2.3', undefined, '10.1.2.3'],
    ['with a port', '10.1.2.3', '203.0.113.9:4711', '203.0.113.9'],
    ['IPv6 with a port', 'fd00::1', '[2001:db8::9]:4711', '2001:db8::9'],
  ])('%s', (_name, direct, header, expected) => {
    expect(addressFrom(direct, header, PROXIES)).toBe(expected);
  });

  test('without trusted proxies nobody is believed', () => {
    expect(addressFrom('10.1.2.3', '203.0.113.9', [])).toBe('10.1.2.3');
  });
});

describe('settings', () => {
  const given = { DATABASE_URL: 'postgresql://localhost/x', LINKFLOW_MASTER_KEY: '0'.repeat(64) };
  const before = { ...process.env };
  beforeEach(() => void Object.assign(process.env, given));
  afterEach(() => {
    process.env = { ...before };
  });

  test('the socket is asked', () => {
    const request = { socket: { remoteAddress: '::ffff:203.0.113.9' }, headers: {} } as IncomingMessage;
    expect(callerAddress(request)).toBe('203.0.113.9');
  });

  test('a trusted proxy that is no address is refused at boot', () => {
    expect(
      parseEnv({ ...given, LINKFLOW_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).LINKFLOW_TRUSTED_PROXIES,
    ).toEqual(['10.0.0.0/8', '::1']);
    expect(() => parseEnv({ ...given, LINKFLOW_TRUSTED_PROXIES: 'nginx' })).toThrow(
      'LINKFLOW_TRUSTED_PROXIES',
    );
    expect(() => parseEnv({ ...given, LINKFLOW_RATE_LIMITS: 'reads.cat=1' })).toThrow('reads.cat=1');
  });
});

test('ranges hold addresses of their kind only', () => {
  expect(isInRanges('10.0.0.1', ['10.0.0.0/8'])).toBe(true);
  expect(isInRanges('::ffff:10.0.0.1', ['10.0.0.0/8'])).toBe(true);
  expect(isInRanges('10.0.0.1', ['::/0', 'nonsense', '11.0.0.0/8'])).toBe(false);
  expect(isInRanges('nonsense', ['0.0.0.0/0'])).toBe(false);
});

test('one IPv6 customer is one caller', () => {
  expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe(addressGroup('2001:db8:1:2:ffff::1'));
  expect(addressGroup('2001:db8:1:2::1')).not.toBe(addressGroup('2001:db8:1:3::1'));
  expect(addressGroup('203.0.113.9')).toBe('203.0.113.9');
});
