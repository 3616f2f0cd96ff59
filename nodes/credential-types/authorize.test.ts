import { expect, test } from 'vitest';
import type { HttpRequest } from '#engine/node.ts';
import { authorizerOf, secretTexts } from './authorize.ts';

const request: HttpRequest = { method: 'GET', url: 'https://api.test/a?b=1' };
const signed = (type: string, data: Record<string, unknown>, more: Partial<HttpRequest> = {}) =>
  authorizerOf(type)!.sign({ ...request, ...more }, data, { nonce: () => 'n', now: () => 1_999 });

test.each<[string, Record<string, unknown>, Partial<HttpRequest>]>([
  ['basic', { user: 'ä', password: 'b' }, { headers: { authorization: 'Basic w6Q6Yg==' } }],
  ['bearer', { token: ' Bearer t ' }, { headers: { authorization: 'Bearer t' } }],
  ['header', { name: ' X-Key ', value: 'k' }, { headers: { 'x-key': 'k' } }],
  ['query', { name: 'key', value: 'k' }, { query: { key: 'k' } }],
  ['api-key', { key: 'k' }, { headers: { 'x-api-key': 'k' } }],
  ['api-key', { key: 'k', place: 'query', name: 'token' }, { query: { token: 'k' } }],
  ['oauth2', { accessToken: 't' }, { headers: { authorization: 'Bearer t' } }],
  [
    'custom',
    { json: '{"headers": {"X-A": "1"}, "query": {"b2": 2}, "qs": {"c": "3"}, "body": {"d": 4}}' },
    { headers: { 'x-a': '1' }, query: { b2: '2', c: '3' }, body: '{"d":4}' },
  ],
  ['custom', { json: 'no JSON' }, {}],
  ['digest', { user: 'a', password: 'b' }, {}],
])('%s %j gives %j', (type, data, expected) => {
  expect(signed(type, data)).toEqual({ ...request, ...expected });
});

test('what somebody wrote out wins', () => {
  const headers = { authorization: 'Own' };
  expect(signed('bearer', { token: 't' }, { headers }).headers).toEqual(headers);
  expect(signed('query', { name: 'b', value: 'k' })).toEqual(request);
  expect(signed('query', { name: 'q', value: 'k' }, { query: { q: 'own' } }).query).toEqual({ q: 'own' });
  const json = '{"body": {"a": 1, "b": 2}}';
  expect(signed('custom', { json }, { body: '{"a": 0}' }).body).toBe('{"a":0,"b":2}');
  expect(signed('custom', { json }, { body: 'text' }).body).toBe('text');
});

test('an address out of an answer in which the secret was blacked out gets it again, once', () => {
  const { url, query } = signed(
    'query',
    { name: 'key', value: 'k' },
    { url: 'https://api.test/a?key=***&p=2' },
  );
  expect([url, query]).toEqual(['https://api.test/a?p=2', { key: 'k' }]);
});

test('OAuth 2 without a token says what to do', () => {
  expect(() => signed('oauth2', { clientId: 'c', clientSecret: 's' })).toThrow('not connected yet');
});

test('OAuth 1 that somebody has to consent to says so too, and typed tokens need nobody', () => {
  const data = { consumerKey: 'c', consumerSecret: 's' };
  expect(() => signed('oauth1', { ...data, flow: 'consent' })).toThrow('not connected yet');
  const { headers } = signed('oauth1', { ...data, flow: 'tokens' });
  expect(headers?.authorization).toContain('oauth_timestamp="1", oauth_nonce="n"');
  const own = { authorization: 'Own' };
  expect(signed('oauth1', data, { headers: own }).headers).toEqual(own);
});

test('a client certificate goes along for the origin of the request', () => {
  const data = { certificate: 'c', privateKey: 'k', passphrase: 'p' };
  expect(signed('client-certificate', data)).toEqual({
    ...request,
    clientCertificate: { origin: 'https://api.test', ...data, ca: '' },
  });
});

test('no other kind signs requests', () => {
  expect(authorizerOf('smtp')).toBeUndefined();
  expect(authorizerOf('constructor')).toBeUndefined();
});

test('knows the forms in which secrets travel', () => {
  expect(secretTexts('basic', { user: 'ada', password: 'pass word' })).toEqual(
    expect.arrayContaining(['YWRhOnBhc3Mgd29yZA==', 'pass word', 'pass%20word']),
  );
  const json = JSON.stringify({ headers: { 'X-A': 'secret-1' }, body: { list: ['secret-2', 'short'] } });
  const found = secretTexts('custom', { json });
  expect(found).toEqual(expect.arrayContaining(['secret-1', 'secret-2']));
  expect(found).not.toContain('short');
  const plain = secretTexts('oauth1', {
    consumerKey: 'public-id',
    consumerSecret: "it's top",
    tokenSecret: 't',
  });
  // as PLAINTEXT sends it: encoded, and once more in the header
  expect(plain).toEqual(expect.arrayContaining(["it's top", 'it%27s%20top&t', 'it%2527s%2520top%26t']));
  expect(plain).not.toContain('public-id');
  const tokens = secretTexts('oauth2', { clientId: 'public-id', refreshToken: 'renew-me' });
  expect(tokens).toContain('renew-me');
  expect(tokens).not.toContain('public-id');
});
