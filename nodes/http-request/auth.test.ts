import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { HttpRequest } from '#engine/node.ts';
import type { KnownCredential } from '../credential-types/memory-door.ts';
import { specOf } from '../define.ts';
import { type Answer, jsonOf, type NodeTest, runNode } from '../testing.ts';
import { httpRequest } from './definition.ts';
import { httpRequestNode } from './execute.ts';

const URL_ = 'https://api.test/orders';
const bearer: KnownCredential = { type: 'bearer', data: { token: 'very-secret' } };

async function sent(
  auth: KnownCredential | undefined,
  parameters: JsonObject = {},
  answer: (request: HttpRequest) => Answer = () => ({ body: {} }),
  more: NodeTest = {},
) {
  const requests: HttpRequest[] = [];
  const result = await runNode(httpRequestNode, {
    ...more,
    parameters: { url: URL_, authentication: 'credential', ...parameters },
    ...(auth ? { credentials: { auth } } : {}),
    http: (request) => {
      requests.push(request);
      return answer(request);
    },
  });
  return { requests, result };
}

test.each<[KnownCredential, Partial<HttpRequest>]>([
  [bearer, { headers: { authorization: 'Bearer very-secret' } }],
  [{ type: 'query', data: { name: 'key', value: 'k' } }, { query: { key: 'k', a: '1' } }],
  [{ type: 'custom', data: { json: '{"headers": {"X-User": "u"}}' } }, { headers: { 'x-user': 'u' } }],
])('proves itself with %j', async (credential, expected) => {
  const { requests } = await sent(credential, { query: [{ name: 'a', value: '1' }] });
  expect(requests).toEqual([expect.objectContaining({ ...expected, credentialId: 'auth' })]);
});

test('a header that is written out wins', async () => {
  const { requests } = await sent(bearer, { headers: [{ name: 'Authorization', value: 'Own' }] });
  expect(requests[0]!.headers).toEqual({ authorization: 'Own' });
});

test('a credential that was chosen before is left alone without authentication', async () => {
  const { requests } = await sent(bearer, { authentication: 'none' });
  expect(requests[0]!.headers).toEqual({});
});

test.each<[string, KnownCredential | undefined, object]>([
  ['without its credential', undefined, { kind: 'auth', field: 'credentials.auth' }],
  ['with one for something else', { type: 'smtp', data: {} }, { kind: 'config' }],
  ['with OAuth 2 that nobody connected', { type: 'oauth2', data: { clientSecret: 's' } }, { kind: 'auth' }],
])('%s nothing is sent', async (_name, credential, data) => {
  let called = false;
  const run = sent(credential, {}, () => {
    called = true;
    return {};
  });
  await expect(run).rejects.toMatchObject({ data });
  expect(called).toBe(false);
});

const certificate: KnownCredential = { type: 'client-certificate', data: { certificate: 'a-certificate' } };
const withBoth = (auth: KnownCredential | undefined, parameters: JsonObject, more: NodeTest = {}) =>
  sent(undefined, parameters, undefined, {
    credentials: { certificate, ...(auth ? { auth } : {}) },
    ...more,
  });

test('a client certificate goes along alone, and with any other proof', async () => {
  const clientCertificate = expect.objectContaining({
    certificate: 'a-certificate',
    origin: 'https://api.test',
  });
  const alone = await withBoth(undefined, { authentication: 'none', sendCertificate: true });
  expect(alone.requests).toEqual([
    expect.objectContaining({ clientCertificate, credentialId: 'certificate', headers: {} }),
  ]);
  const both = await withBoth(bearer, { sendCertificate: true });
  expect(both.requests).toEqual([
    expect.objectContaining({ clientCertificate, headers: { authorization: 'Bearer very-secret' } }),
  ]);
  const off = await withBoth(bearer, { sendCertificate: false });
  expect(off.requests[0]).not.toHaveProperty('clientCertificate');
});

test('a certificate may be the credential itself', async () => {
  const { requests } = await sent(certificate);
  expect(requests[0]).toMatchObject({ clientCertificate: { certificate: 'a-certificate' } });
});

test.each<[string, Record<string, KnownCredential>, object]>([
  ['that was not chosen', { auth: bearer }, { kind: 'auth', field: 'credentials.certificate' }],
  ['that is of another kind', { auth: bearer, certificate: bearer }, { kind: 'config' }],
])('nothing is sent with a certificate %s', async (_name, credentials, data) => {
  for (const authentication of ['none', 'credential']) {
    const run = withBoth(undefined, { authentication, sendCertificate: true }, { credentials });
    await expect(run).rejects.toMatchObject({ data });
  }
});

test('pages on another site get neither', async () => {
  const { requests } = await withBoth(bearer, {
    sendCertificate: true,
    pages: 'next-url',
    nextUrl: 'https://other.test/2',
    completeWhen: 'condition',
    completeCondition: '',
    maxPages: 2,
  });
  expect(requests.map(({ url }) => url)).toEqual([URL_, 'https://other.test/2']);
  expect(requests[1]).not.toHaveProperty('clientCertificate');
  expect(requests[1]!.headers).toEqual({});
});

test('asks for a credential only when it uses one', () => {
  const { credentials } = specOf(httpRequest as unknown as Parameters<typeof specOf>[0]);
  expect(credentials?.({})).toEqual([]);
  expect(credentials?.({ authentication: 'credential' })).toMatchObject([{ name: 'auth' }]);
  expect(credentials?.({ sendCertificate: true })).toMatchObject([{ name: 'certificate' }]);
});

test('a refused digest is a failure', async () => {
  const run = sent({ type: 'digest', data: { user: 'a', password: 'b' } }, {}, () => ({
    status: 401,
    headers: { 'www-authenticate': 'Digest realm="r", nonce="n"' },
  }));
  await expect(run).rejects.toMatchObject({ data: { kind: 'auth', status: 401 } });
});

const echo = ({ headers }: HttpRequest): Answer => ({
  status: 403,
  headers: { 'content-type': 'application/octet-stream' },
  body: `You sent ${headers?.authorization}`,
});

test('an answer that repeats the secret does not put it into the items', async () => {
  const { result } = await sent(bearer, {}, ({ headers }) => ({ body: { headers } }));
  expect(jsonOf(result)).toEqual([{ headers: { authorization: 'Bearer ***' } }]);
});

test('nor does a failure that goes on as an object', async () => {
  const { result } = await sent(bearer, { options: { errorDetails: true } }, echo, {
    settings: { onError: 'continue' },
  });
  expect(jsonOf(result)).toMatchObject([{ error: { status: 403, description: 'You sent Bearer ***' } }]);
});
