import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { NodeError } from '#engine/errors.ts';
import type { HttpRequest, HttpResponse } from '#engine/node.ts';
import { secretTexts } from './authorize.ts';
import { scrubber } from './scrub.ts';
import { isHostAllowed, signingDoor } from './signing-door.ts';

type Answer = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array };
const API = 'https://api.test';
const SECRET = 'very-secret';

function door(
  type: string,
  data: Record<string, unknown>,
  answer: (request: HttpRequest) => Answer = () => ({}),
  allowedHosts: string[] = [],
) {
  const sent: HttpRequest[] = [];
  const http = {
    request: async (request: HttpRequest): Promise<HttpResponse> => {
      sent.push(request);
      const { status = 200, headers = {}, body = '' } = answer(request);
      return {
        status,
        statusText: '',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
        url: request.url,
      };
    },
  };
  const scrub = scrubber(secretTexts(type, data));
  const signing = signingDoor(
    http,
    { id: 'c1', type, data },
    { random: () => 0.5, now: () => 0, scrub, allowedHosts },
  );
  const ask = (request: Partial<HttpRequest> = {}) =>
    signing.request({ method: 'GET', url: `${API}/a`, ...request });
  return { ask, sent };
}
const textOf = ({ body }: HttpResponse) => Buffer.from(body).toString();

test('signs, and says whose request it is', async () => {
  const { ask, sent } = door('bearer', { token: SECRET });
  await ask();
  expect(sent).toEqual([
    expect.objectContaining({ headers: { authorization: `Bearer ${SECRET}` }, credentialId: 'c1' }),
  ]);
});

test('is for HTTP only', () => {
  expect(() => door('smtp', { password: SECRET })).toThrow('not for HTTP');
});

test.each<[string, string[], boolean]>([
  [`${API}/x`, [], true],
  [`${API}/x`, ['api.test'], true],
  [`${API}:8443/x`, ['api.test:8443'], true],
  [`${API}/x`, ['API.test '], true],
  ['https://eu.api.test', ['*.api.test'], true],
  [API, ['*.api.test'], false],
  ['https://evilapi.test', ['*.api.test', 'api.test'], false],
  ['https://api.test.evil.test', ['api.test'], false],
  ['https://api.test@evil.test', ['api.test'], false],
  ['nothing', [''], false],
])('%s is allowed by %j: %s', (url, patterns, expected) =>
  expect(isHostAllowed(url, patterns)).toBe(expected),
);

test('nothing goes to a host that the credential is not for', async () => {
  const { ask, sent } = door('bearer', { token: SECRET }, undefined, ['other.test']);
  await expect(ask()).rejects.toMatchObject({ data: { kind: 'config', field: 'url' } });
  expect(sent).toEqual([]);
});

test('an answer that repeats the request holds no secret', async () => {
  const { ask } = door('bearer', { token: SECRET }, ({ headers }) => ({
    headers: { 'x-echo': headers!.authorization! },
    body: JSON.stringify({ you: headers, ä: 1 }),
  }));
  const response = await ask();
  expect(textOf(response)).toBe('{"you":{"authorization":"Bearer ***"},"ä":1}');
  expect(response.headers['x-echo']).toBe('Bearer ***');
});

test('bytes that are no text stay as they are', async () => {
  const body = Buffer.concat([Buffer.from([0, 255]), Buffer.from(SECRET)]);
  const { ask } = door('bearer', { token: SECRET }, () => ({
    headers: { 'content-type': 'image/png' },
    body,
  }));
  expect((await ask()).body).toEqual(body);
});

test('a failure that quotes the request holds no secret', async () => {
  const { ask } = door('query', { name: 'key', value: SECRET }, ({ query }) => {
    throw new NodeError('upstream', `Cannot reach ${API}?key=${String(query!.key)}`, { detail: SECRET });
  });
  await expect(ask()).rejects.toMatchObject({
    data: { message: `Cannot reach ${API}?key=***`, detail: '***' },
  });
});

test('answers a digest challenge', async () => {
  const challenge = 'Digest realm="a\\"b", nonce="n1", qop="auth,auth-int", opaque="o", algorithm=MD5';
  const { ask, sent } = door('digest', { user: 'ada', password: 'pw' }, ({ headers }) =>
    headers?.authorization ? { body: 'in' } : { status: 401, headers: { 'www-authenticate': challenge } },
  );
  expect(textOf(await ask({ method: 'POST', query: { q: 'a b' }, body: 'x' }))).toBe('in');
  expect(sent[1]).toMatchObject({ method: 'POST', url: `${API}/a?q=a+b`, body: 'x' });
  const header = sent[1]!.headers!.authorization!;
  const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(header)?.[1];
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const [ha1, ha2] = [md5('ada:a"b:pw'), md5('POST:/a?q=a+b')];
  expect(field('response')).toBe(md5(`${ha1}:n1:00000001:${field('cnonce')}:auth:${ha2}`));
  expect(header).toContain('opaque="o"');
});

const redirects = (to: Record<string, string>, status: number) => (request: HttpRequest) => {
  const { pathname, origin } = new URL(request.url);
  const location = to[origin + pathname];
  return location === undefined ? { body: 'there' } : { status, headers: { location } };
};
const inQuery = { name: 'key', value: SECRET };

test('a secret in the query goes along to the same origin, and nowhere else', async () => {
  const { ask, sent } = door(
    'query',
    inQuery,
    redirects(
      { [`${API}/a`]: `/b?key=${SECRET}&p=1`, [`${API}/b`]: `https://evil.test/c?key=${SECRET}&p=2` },
      302,
    ),
  );
  const headers = { 'x-own': 'mine', accept: 'text/plain' };
  expect(textOf(await ask({ headers, query: { q: '1' } }))).toBe('there');
  expect(sent.map(({ url, query }) => [url, query])).toEqual([
    [`${API}/a`, { key: SECRET, q: '1' }],
    [`${API}/b?p=1`, { key: SECRET }],
    ['https://evil.test/c?p=2', undefined],
  ]);
  expect(sent[2]).toMatchObject({ headers: { accept: 'text/plain' } });
  expect(JSON.stringify(sent[2])).not.toContain(SECRET);
  expect(sent[2]!.headers).not.toHaveProperty('x-own');
});

test('a redirect that hides the secret elsewhere is not followed', async () => {
  const { ask, sent } = door(
    'query',
    inQuery,
    redirects({ [`${API}/a`]: `https://evil.test/${SECRET}` }, 302),
  );
  await expect(ask()).rejects.toMatchObject({
    data: { kind: 'auth', message: expect.stringContaining('evil.test') },
  });
  expect(sent).toHaveLength(1);
});

test.each<[number, string, Partial<HttpRequest>]>([
  [307, 'POST', { method: 'POST', body: '{"a":1}' }],
  [302, 'POST', { method: 'GET' }],
  [303, 'PUT', { method: 'GET' }],
])(
  'after %s of a %s another origin gets the request without what was secret',
  async (status, method, expected) => {
    const json = `{"body": {"key": "${SECRET}"}}`;
    const { ask, sent } = door('custom', { json }, redirects({ [`${API}/a`]: 'https://evil.test/' }, status));
    await ask({ method, body: '{"a":1}' });
    expect(sent[0]!.body).toContain(SECRET);
    expect(sent[1]).toMatchObject(expected);
    expect(JSON.stringify(sent[1])).not.toContain(SECRET);
  },
);

test('redirects that never end do', async () => {
  const { ask, sent } = door('query', inQuery, redirects({ [`${API}/a`]: '/a' }, 302));
  await expect(ask()).rejects.toThrow('more than 10 redirects');
  expect(sent).toHaveLength(11);
});

test('redirects are left to the door below when it can tell what is secret, and to nobody when they are not wanted', async () => {
  const header = door('bearer', { token: SECRET }, redirects({ [`${API}/a`]: '/b' }, 302));
  expect((await header.ask({ followRedirects: true })).status).toBe(302);
  expect(header.sent).toEqual([expect.objectContaining({ followRedirects: true })]);
  const query = door('query', inQuery, redirects({ [`${API}/a`]: '/b' }, 302));
  expect((await query.ask({ followRedirects: false })).status).toBe(302);
  expect(query.sent).toHaveLength(1);
});

test('what signs the address is made anew for each hop, and other origins get nothing of it', async () => {
  const data = { consumerKey: 'c', consumerSecret: SECRET, accessToken: 'a-token', tokenSecret: SECRET };
  const { ask, sent } = door(
    'oauth1',
    data,
    redirects({ [`${API}/a`]: '/b', [`${API}/b`]: 'https://evil.test/c' }, 302),
  );
  await ask();
  const signatures = sent.map(
    ({ headers }) => /oauth_signature="([^"]+)"/.exec(headers?.authorization ?? '')?.[1],
  );
  expect(sent.map(({ url }) => url)).toEqual([`${API}/a`, `${API}/b`, 'https://evil.test/c']);
  expect(signatures).toEqual([expect.any(String), expect.any(String), undefined]);
  expect(signatures[0]).not.toBe(signatures[1]);
});

test('a certificate stays with the origin of the first request, wherever a redirect leads', async () => {
  const { ask, sent } = door('client-certificate', { certificate: 'c' });
  await ask();
  expect(sent).toEqual([
    expect.objectContaining({ clientCertificate: expect.objectContaining({ origin: API }) }),
  ]);
});

test('a header that every origin may get is not left to the door below', async () => {
  const data = { name: 'User-Agent', value: SECRET };
  const { ask, sent } = door('header', data, redirects({ [`${API}/a`]: 'https://evil.test/' }, 302));
  await ask();
  expect(sent.map(({ headers }) => headers)).toEqual([{ 'user-agent': SECRET }, {}]);
});
