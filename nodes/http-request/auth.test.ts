import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { HttpRequest } from '#engine/node.ts';
import { type Answer, jsonOf, runNode } from '../testing.ts';
import { digestHeader } from './auth.ts';
import { httpRequestNode } from './execute.ts';

const URL_ = 'https://api.test/orders';
async function sent(parameters: JsonObject, answer: (request: HttpRequest) => Answer = () => ({ body: {} })) {
  const requests: HttpRequest[] = [];
  const result = await runNode(httpRequestNode, {
    parameters: { url: URL_, ...parameters },
    http: (request) => {
      requests.push(request);
      return answer(request);
    },
  });
  return { requests, items: jsonOf(result) };
}

test.each<[string, JsonObject, Partial<HttpRequest>]>([
  ['a bearer token', { authentication: 'bearer', token: 't' }, { headers: { authorization: 'Bearer t' } }],
  [
    'user and password',
    { authentication: 'basic', user: 'ä', password: 'b' },
    { headers: { authorization: 'Basic w6Q6Yg==' } },
  ],
  [
    'a header',
    { authentication: 'header', headerName: 'X-Key', headerValue: 'k' },
    { headers: { 'x-key': 'k' } },
  ],
  [
    'a parameter',
    { authentication: 'query', queryName: 'key', queryValue: 'k', query: [{ name: 'a', value: '1' }] },
    { query: { key: 'k', a: '1' } },
  ],
])('proves itself with %s', async (_name, parameters, expected) => {
  const { requests } = await sent(parameters);
  expect(requests).toEqual([expect.objectContaining(expected)]);
});

test('a header that is written out wins', async () => {
  const headers = [{ name: 'Authorization', value: 'Own' }];
  const { requests } = await sent({ authentication: 'bearer', token: 't', headers });
  expect(requests[0]!.headers).toEqual({ authorization: 'Own' });
});

test('without its credential nothing is sent', async () => {
  let called = false;
  const run = sent({ authentication: 'credential', credentialType: 'slackApi' }, () => {
    called = true;
    return {};
  });
  await expect(run).rejects.toMatchObject({
    data: { kind: 'auth', field: 'authentication', message: expect.stringContaining('slackApi') },
  });
  expect(called).toBe(false);
});

const challenge = 'Digest realm="a\\"b", nonce="n1", qop="auth,auth-int", opaque="o", algorithm=MD5';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

test('answers a digest challenge', async () => {
  const { requests, items } = await sent(
    {
      authentication: 'digest',
      user: 'ada',
      password: 'pw',
      method: 'POST',
      body: 'raw',
      rawBody: 'x',
      query: [{ name: 'q', value: 'a b' }],
    },
    ({ headers }) =>
      headers?.authorization
        ? { body: { ok: true } }
        : { status: 401, headers: { 'www-authenticate': challenge } },
  );
  expect(items).toEqual([{ ok: true }]);
  const second = requests[1]!;
  expect(second).toMatchObject({ method: 'POST', url: `${URL_}?q=a+b`, body: 'x' });
  const header = second.headers!.authorization!;
  const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(header)?.[1];
  const [ha1, ha2] = [md5('ada:a"b:pw'), md5('POST:/orders?q=a+b')];
  expect(field('response')).toBe(md5(`${ha1}:n1:00000001:${field('cnonce')}:auth:${ha2}`));
  expect(header).toContain('opaque="o"');
});

test('a refused digest is a failure', async () => {
  const run = sent({ authentication: 'digest', user: 'a', password: 'b' }, () => ({
    status: 401,
    headers: { 'www-authenticate': challenge },
  }));
  await expect(run).rejects.toMatchObject({ data: { kind: 'auth', status: 401 } });
});

const request = { method: 'GET', uri: '/', user: 'u', password: 'p', cnonce: 'c' };
test.each<[string, string | RegExp]>([
  ['Digest realm="r", nonce="n"', new RegExp(`response="${md5(`${md5('u:r:p')}:n:${md5('GET:/')}`)}"`)],
  [
    'Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"',
    /algorithm=MD5-sess, qop=auth, nc=00000001/,
  ],
  ['digest realm="r", nonce="n", algorithm=SHA-256', /response="[0-9a-f]{64}"/],
])('understands %s', (text, expected) => expect(digestHeader(text, request)).toMatch(expected));

test.each([
  'Basic realm="r"',
  'Digest nonce="n", algorithm=SHA-512-256',
  'Digest nonce="n", qop="auth-int"',
  '',
])('cannot answer “%s”', (text) => expect(digestHeader(text, request)).toBeUndefined());
