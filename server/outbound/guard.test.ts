import { describe, expect, test } from 'vitest';
import { NodeError } from '#engine/errors.ts';
import { checkAddress, checkUrl, parseNetworks } from './guard.ts';

const REFUSED = `
  0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 100.100.100.200 127.0.0.1 127.255.255.254 169.254.0.1
  169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255
  198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808
  64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
  2002:7f00:1:: 2002:c0a8:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1 1::1
  nonsense 1.2.3.4.5 999.1.1.1`;
const PUBLIC =
  '1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 2606:4700:4700::1111 2a00:1450:4001::1';

describe('checkAddress', () => {
  test.each(REFUSED.trim().split(/\s+/))('refuses %s', (ip) => {
    expect(checkAddress(ip, [])).toBeTypeOf('string');
  });

  test.each(PUBLIC.split(' '))('lets the public %s pass', (ip) => {
    expect(checkAddress(ip, [])).toBeNull();
  });

  test('an allowed network lets its addresses pass, and no others', () => {
    const allowed = parseNetworks(['10.1.0.0/16', 'fd12::/16', '192.168.1.5']);
    expect(checkAddress('10.1.2.3', allowed)).toBeNull();
    expect(checkAddress('fd12::1', allowed)).toBeNull();
    expect(checkAddress('192.168.1.5', allowed)).toBeNull();
    expect(checkAddress('10.2.0.1', allowed)).toBe('a private network');
    expect(checkAddress('192.168.1.6', allowed)).toBe('a private network');
    expect(checkAddress('::ffff:10.1.2.3', allowed)).not.toBeNull();
  });

  test('a wide network does not open the metadata service; only its very address does', () => {
    expect(checkAddress('169.254.169.254', parseNetworks(['0.0.0.0/0']))).toBe('a metadata service');
    expect(checkAddress('fd00:ec2::254', parseNetworks(['fd00::/8']))).toBe('a metadata service');
    expect(checkAddress('169.254.169.254', parseNetworks(['169.254.169.254/32']))).toBeNull();
  });

  test('a wrong network is named', () => {
    expect(() => parseNetworks(['10.0.0.0/99'])).toThrow('“10.0.0.0/99” is not a network');
    expect(() => parseNetworks(['office'])).toThrow('“office”');
  });
});

describe('checkUrl', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://127。0。0。1/',
    'http://１２７.０.０.１/',
    'http://①②⑦.0.0.1/',
    'http://%31%32%37.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://[fd00:ec2::254]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://user:pass@10.0.0.1/',
    'http://public.example@192.168.0.1/',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1',
    ' http://127.0.0.1/ ',
    'ht\ntp://127.0.0.1/',
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://example.com/',
    'data:text/plain,hello',
    'unix:/var/run/docker.sock',
    'javascript:alert(1)',
    '//example.com',
    'example.com',
    '',
    'http://',
    'http://exa mple.com/',
    'http://256.256.256.256/',
    'http://[fe80::1%25eth0]/',
  ])('refuses %j', (url) => {
    expect(() => checkUrl(url, [])).toThrow(NodeError);
  });

  test.each([
    'https://example.com/a?b=c',
    'http://example.com:8080',
    'http://[2606:4700:4700::1111]/',
    'https://8.8.8.8/',
  ])('takes %s', (url) => {
    expect(checkUrl(url, []).href).toContain(new URL(url).hostname);
  });

  test('says how the operator can allow it, and keeps secrets out of the message', () => {
    expect(() => checkUrl('http://192.168.0.1/', [])).toThrow(
      '“192.168.0.1” may not be called, because its address is a private network.',
    );
    try {
      checkUrl('htp//user:secret@x/?token=secret', []);
      expect.unreachable();
    } catch (error) {
      expect((error as NodeError).data).toMatchObject({ kind: 'config', field: 'url' });
      expect((error as NodeError).message).not.toContain('secret');
    }
  });
});
