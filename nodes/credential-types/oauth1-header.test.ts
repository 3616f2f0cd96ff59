import { expect, test } from 'vitest';
import {
  baseString,
  encoded,
  type OAuth1Key,
  oauth1Header,
  oauth1Key,
  oauth1Signature,
} from './oauth1-header.ts';

const key = (more: Partial<OAuth1Key> = {}): OAuth1Key => ({
  ...oauth1Key({ consumerKey: 'dpf43f3p2l4k3l03', consumerSecret: 'kd94hf93k423kf44', realm: 'Photos' }),
  ...more,
});
const own = (given: Record<string, string>) => Object.entries(given);

/** RFC 5849, 1.2: all three requests of the example, with the signatures that are printed there. */
test.each<[string, { method: string; url: string }, Record<string, string>, Partial<OAuth1Key>, string]>([
  [
    'the temporary credentials',
    { method: 'POST', url: 'https://photos.example.net/initiate' },
    {
      oauth_timestamp: '137131200',
      oauth_nonce: 'wIjqoS',
      oauth_callback: 'http://printer.example.com/ready',
    },
    {},
    '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
  ],
  [
    'the token credentials',
    { method: 'POST', url: 'https://photos.example.net/token' },
    {
      oauth_token: 'hh5s93j4hdidpola',
      oauth_timestamp: '137131201',
      oauth_nonce: 'walatlh',
      oauth_verifier: 'hfdp7dh39dks9884',
    },
    { tokenSecret: 'hdhd0244k9j7ao03' },
    'gKgrFCywp7rO0OXSjdot/IHF7IU=',
  ],
  [
    'the photo',
    { method: 'GET', url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' },
    { oauth_token: 'nnch734d00sl2jdk', oauth_timestamp: '137131202', oauth_nonce: 'chapoH' },
    { tokenSecret: 'pfkkdhi9sl3r4s00' },
    'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
  ],
])('signs %s of the example as the RFC does', (_what, request, given, secrets, signature) => {
  const parameters = {
    oauth_consumer_key: 'dpf43f3p2l4k3l03',
    oauth_signature_method: 'HMAC-SHA1',
    ...given,
  };
  const base = baseString(request, new URL(request.url), own(parameters));
  expect(oauth1Signature(base, key(secrets))).toBe(signature);
});

/** RFC 5849, 3.4.1.1. */
test('makes the text that is signed as the RFC does', () => {
  const request = {
    method: 'post',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'c2&a3=2+q',
  };
  const base = baseString(
    request,
    new URL('http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
    own({
      oauth_consumer_key: '9djdj82h48djs9d2',
      oauth_token: 'kkk9d7dh3k39sjv7',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131201',
      oauth_nonce: '7d8f3e4a',
    }),
  );
  expect(base).toBe(
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
  );
});

test('writes a header with everything in it, and the realm as it is', () => {
  const header = oauth1Header(
    { method: 'GET', url: 'https://a.test/' },
    key({ token: 't&', realm: 'a "b"' }),
    {
      nonce: 'n',
      timestamp: 1,
    },
  );
  expect(header).toMatch(
    /^OAuth realm="a \\"b\\"", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="t%26", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1", oauth_nonce="n", oauth_version="1.0", oauth_signature="[\w%]+"$/,
  );
  expect(
    oauth1Header({ method: 'GET', url: 'https://a.test/' }, key({ realm: '' }), { nonce: 'n', timestamp: 1 }),
  ).not.toMatch(/realm|oauth_token/);
});

test('encodes everything but letters, digits and four signs', () => {
  expect(encoded("aZ9-._~ !'()*+/ü\ud800")).toBe('aZ9-._~%20%21%27%28%29%2A%2B%2F%C3%BC%EF%BF%BD');
});

test('a key or an address that is none says so, and nothing of the key', () => {
  const rsa = key({ method: 'RSA-SHA1', privateKey: 'hush' });
  const once = { nonce: 'n', timestamp: 1 };
  expect(() => oauth1Header({ method: 'GET', url: 'https://a.test' }, rsa, once)).toThrow(
    /private key(?!.*hush)/,
  );
  expect(() => oauth1Header({ method: 'GET', url: 'nowhere' }, key(), once)).toThrow('address');
});
