import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen } from '#server/http/listener.ts';
import { ownDatabase } from './support/database.ts';

process.env.APP_URL = 'https://flow.example.com';
ownDatabase();

let server: http.Server;
let port: number;
const passed: http.IncomingMessage[] = [];

/** What stands behind our listener is Next; here it only says that it was asked. */
beforeAll(async () => {
  server = http.createServer(
    listen(async (request, response) => {
      passed.push(request);
      response.writeHead(200).end();
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  delete process.env.APP_URL;
  server.close();
});

/** A browser's headers cannot be set with fetch, so that no page can lie about them. */
function call(method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<http.IncomingMessage>((resolve, reject) => {
    http
      .request(
        { host: '127.0.0.1', port, method, path, headers: { host: 'flow.example.com', ...headers } },
        resolve,
      )
      .on('error', reject)
      .end();
  });
}
const statusOf = async (method: string, path: string, headers?: Record<string, string>) => {
  const response = await call(method, path, headers);
  response.resume();
  return response.statusCode;
};

const UPLOAD = '/w/0198/files/content?path=a.txt';

it.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a neighbour under the same domain, or another port', { 'sec-fetch-site': 'same-site' }, 403],
  ['another site, told by an old browser', { origin: 'https://evil.example' }, 403],
  ['a neighbour, told by an old browser', { origin: 'https://blog.example.com' }, 403],
  ['this name at another port', { origin: 'https://flow.example.com:8443' }, 403],
  ['a sandboxed page', { origin: 'null' }, 403],
  [
    'another site that adds what old browsers say',
    { 'sec-fetch-site': 'cross-site', origin: 'https://flow.example.com' },
    403,
  ],
  ['our page', { 'sec-fetch-site': 'same-origin', origin: 'https://flow.example.com' }, 200],
  ['our page, in an old browser', { origin: 'https://flow.example.com' }, 200],
  [
    'our page, under another name of this machine',
    { host: 'localhost:3000', origin: 'http://localhost:3000' },
    200,
  ],
  ['a program', {}, 200],
] as const)('a change asked for by %s', async (_who, headers, status) => {
  const cookie = 'authjs.session-token=x';
  expect(await statusOf('POST', '/api/trpc/workflows.create', { cookie, ...headers })).toBe(status);
  expect(await statusOf('PUT', UPLOAD, { cookie, ...headers })).toBe(status);
});

it('reading, the API with its keys, and the guarded sign-in are open to calls from elsewhere', async () => {
  const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  expect(await statusOf('GET', '/login', elsewhere)).toBe(200);
  expect(await statusOf('POST', '/api/v1/workflows', elsewhere)).toBe(401); // a cookie opens nothing there
  expect(await statusOf('POST', '/api/auth/callback/some-provider', elsewhere)).toBe(200);
  expect(await statusOf('POST', '/api/v1x', elsewhere)).toBe(403);
});

it('every page has a policy with a nonce of its own, which Next is told and no caller chooses', async () => {
  const forged = { 'content-security-policy': "script-src 'nonce-mine'", 'x-nonce': 'mine' };
  const nonces = [];
  for (let n = 0; n < 2; n++) {
    const { headers } = await call('GET', '/login', forged);
    const policy = String(headers['content-security-policy']);
    const nonce = /script-src 'self' 'nonce-([\w+/=]{24})';/.exec(policy)?.[1];
    expect(passed.at(-1)?.headers['content-security-policy']).toBe(policy);
    expect(passed.at(-1)?.headers['x-nonce']).toBe(nonce);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/);
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    nonces.push(nonce);
  }
  expect(new Set(nonces).size).toBe(2);
});

it('answers of the API load nothing', async () => {
  for (const path of ['/api/v1/workflows', '/api/trpc/workflows.list']) {
    const { headers } = await call('GET', path);
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

it.each(['//', '///x', '//[', '//a:b', '/%', '*', 'http://'])(
  '%s as a path ends nothing but the call',
  async (path) => {
    expect([200, 400]).toContain(await statusOf('GET', path));
    expect(await statusOf('GET', '/health/live')).toBe(200);
  },
);

it('what the listener guards is the path that Next sees', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  for (const path of [
    '//x/api/v1/y',
    '//api/v1/y',
    '/api/v1/../trpc/y',
    '/api/v1/%2e%2e/trpc/y',
    '/api/auth\\..\\trpc',
  ])
    expect(await statusOf('POST', path, headers)).toBe(403);
});
