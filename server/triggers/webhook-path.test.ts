import { describe, expect, it } from 'vitest';
import { matchWebhookPath, parseWebhookPath } from './webhook-path.ts';

const parsed = (path: string) => {
  const segments = parseWebhookPath(path);
  if (typeof segments === 'string') throw new Error(segments);
  return segments;
};

describe('a path below a webhook', () => {
  const path = parsed('orders/:orderId/lines/:line');

  it.each([
    ['/orders/12/lines/3', { orderId: '12', line: '3' }],
    ['/orders/a%20b/lines/%C3%BC', { orderId: 'a b', line: 'ü' }],
    // a slash that was encoded is data, and nothing is decoded twice
    ['/orders/a%2Fb/lines/%252e%252e', { orderId: 'a/b', line: '%2e%2e' }],
    ['/orders/__proto__/lines/constructor', { orderId: '__proto__', line: 'constructor' }],
  ])('%s is a call of it', (called, params) => {
    expect(matchWebhookPath(path, called)).toEqual(params);
  });

  it.each([
    '',
    '/',
    '/orders',
    '/orders/12/lines',
    '/orders/12/lines/',
    '/orders/12/lines/3/',
    '/orders/12/lines/3/4',
    '/Orders/12/lines/3',
    '/orders//lines/3',
    '/orders/%zz/lines/3',
    '/orders/%ff/lines/3',
    'orders/12/lines/3',
    `/orders/${'x'.repeat(3_000)}/lines/3`,
  ])('%s is not', (called) => {
    expect(matchWebhookPath(path, called)).toBeNull();
  });

  it('that is empty takes the address alone', () => {
    expect(matchWebhookPath(parsed(' / '), '')).toEqual({});
    expect(matchWebhookPath(parsed(''), '/')).toBeNull();
    expect(matchWebhookPath(parsed(''), '/x')).toBeNull();
  });

  it.each([
    'a/../b',
    './a',
    'a//b',
    'a?b',
    'a b',
    'a#b',
    ':',
    ':1a',
    ':a/:a',
    ':__proto__',
    ':constructor',
    'x'.repeat(600),
    'a/'.repeat(21),
    '%2e',
    '{{ $json.x }}',
  ])('cannot be %s', (wrong) => {
    expect(parseWebhookPath(wrong)).toEqual(expect.any(String));
  });
});
