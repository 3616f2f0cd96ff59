import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#server/api-keys/commands.ts';
import { ADDRESS_HEADER } from '#server/http/caller-address.ts';
import { listen } from '#server/http/listener.ts';
import { LimitBook } from '#server/limits/book.ts';
import { settleInDatabase } from '#server/limits/store.ts';
import { handleRest } from '#server/rest/handler.ts';
import { handleWorkspaceFile } from '#server/rest/workspace-file.ts';
import { createCaller } from '#server/trpc/app-router.ts';
import { createContext } from '#server/trpc/context.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

process.env.LINKFLOW_RATE_LIMITS =
  'reads.key=4,reads.workspace=10,starts.key=2,uploads.key=1,auth.address=3,webhooks.endpoint=3,public.endpoint=2,calls.address=30';
ownDatabase();
afterAll(() => void delete process.env.LINKFLOW_RATE_LIMITS);

let ada: Person;
beforeAll(async () => {
  ada = await createPerson('Ada');
});

const keyOf = async (person: Person) =>
  (
    await createApiKey(person.scope, {
      name: 'k',
      scopes: ['workflows:read', 'executions:write', 'files:read', 'files:write'],
    })
  ).key;

const rest = (key: string, method: string, path: string, handle = handleRest) =>
  handle(
    new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    }),
  );

describe('REST', () => {
  it('says how much is left, and refuses with what to do', async () => {
    const key = await keyOf(ada);
    for (const left of [3, 2, 1, 0]) {
      const response = await rest(key, 'GET', '/workflows');
      expect(response.status).toBe(200);
      expect(response.headers.get('ratelimit-limit')).toBe('4');
      expect(response.headers.get('ratelimit-remaining')).toBe(String(left));
      expect(response.headers.get('ratelimit-policy')).toBe('4;w=60;comment="reads.key"');
    }
    const refused = await rest(key, 'GET', '/workflows');
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-reset')).toBe(String(wait));
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(await refused.json()).toMatchObject({
      title: 'TOO_MANY_REQUESTS',
      status: 429,
      policy: 'reads.key',
      retryAfter: wait,
      detail: expect.stringContaining('Try again in'),
    });
    expect((await rest(await keyOf(ada), 'GET', '/workflows')).status).toBe(200); // another key
  });

  it('counts all keys of a workspace together, and no other workspace', async () => {
    const grace = await createPerson('Grace');
    const statuses: number[] = [];
    for (const key of [await keyOf(grace), await keyOf(grace), await keyOf(grace)])
      for (let n = 0; n < 4; n++) statuses.push((await rest(key, 'GET', '/workflows')).status);
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    const mallory = await createPerson('Mallory');
    expect((await rest(await keyOf(mallory), 'GET', '/workflows')).status).toBe(200);
  });

  it('has classes of their own for starts and for files', async () => {
    const key = await keyOf(await createPerson('Edsger'));
    const start = () => rest(key, 'POST', `/workflows/${crypto.randomUUID()}/execute`);
    expect([(await start()).status, (await start()).status, (await start()).status]).toEqual([404, 404, 429]);
    const put = () => rest(key, 'PUT', '/files/content?path=a.txt', handleWorkspaceFile);
    expect((await put()).headers.get('ratelimit-policy')).toContain('uploads.key');
    expect((await put()).status).toBe(429);
    expect((await rest(key, 'GET', '/workflows')).status).toBe(200);
  });
});

describe('what anybody may call', () => {
  const stranger = (address: string) =>
    createCaller(createContext({ transport: 'trpc', address, loadSession: async () => null }));

  it('counts accounts and tokens by address, also those that one batch makes at once', async () => {
    const guess = (n: number) =>
      stranger('203.0.113.9').accounts.signUp({ email: `n${n}@example.com`, password: 'x', name: 'N' });
    const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(guess));
    const refused = results.filter((r) => r.status === 'rejected' && r.reason.code === 'TOO_MANY_REQUESTS');
    expect(refused.length).toBe(3);
    await expect(
      stranger('203.0.113.10').accounts.signUp({ email: 'other@example.com', password: 'x', name: 'N' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('knows what other processes counted before it lets a guess in', async () => {
    const address = '203.0.113.11';
    await settleInDatabase([{ key: `limit:auth.address:${address}`, by: 3, windowMs: 60_000 }]);
    await expect(
      stranger(address).accounts.signUp({ email: 'x@example.com', password: 'x', name: 'N' }),
    ).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  describe('at the front door', () => {
    let server: http.Server;
    let origin: string;
    const passed: http.IncomingHttpHeaders[] = [];
    beforeAll(async () => {
      server = http.createServer(
        listen(async (request, response) => {
          passed.push(request.headers);
          response.writeHead(200).end();
        }),
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => void server.close());
    const post = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${origin}${path}`, { method: 'POST', body: '{}', headers });

    it('limits each webhook and each form by itself', async () => {
      const statuses = [];
      for (let n = 0; n < 4; n++) statuses.push((await post('/webhooks/one')).status);
      expect(statuses).toEqual([404, 404, 404, 429]);
      expect((await post('/webhooks/two')).status).toBe(404);
      for (let n = 0; n < 2; n++) expect((await post('/forms/one')).status).toBe(404);
      const refused = await post('/forms/one');
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe(refused.headers.get('ratelimit-reset'));
      expect(refused.headers.get('content-type')).toBe('application/problem+json');
    });

    it('tells Next who calls, whatever the caller says', async () => {
      await post('/login', { [ADDRESS_HEADER]: '8.8.8.8', 'x-forwarded-for': '8.8.8.8' });
      expect(passed.at(-1)?.[ADDRESS_HEADER]).toBe('127.0.0.1');
    });

    it('limits signing in by address, and writing another address into a header does not help', async () => {
      const signIn = (n: number) =>
        post('/api/auth/callback/credentials', {
          'x-forwarded-for': `8.8.8.${n}`,
          [ADDRESS_HEADER]: `8.8.4.${n}`,
        });
      for (let n = 0; n < 3; n++) expect((await signIn(n)).status).toBe(200);
      const refused = await signIn(4);
      expect(refused.status).toBe(429);
      expect(new URL((await refused.json()).url).searchParams.get('error')).toBe('TooManyRequests');
      expect((await post('/api/auth/signout')).status).toBe(200);
    });

    it('limits everything under /api by address', async () => {
      const statuses = [];
      for (let n = 0; n < 40; n++) statuses.push((await post('/api/v1/workflows')).status);
      expect(statuses[0]).not.toBe(429);
      expect(statuses.at(-1)).toBe(429);
    });
  });
});

it('processes share a limit through the database', async () => {
  const demand = { policy: 'reads.user', key: 'limit:shared', limit: 200, windowMs: 60_000 };
  const books = Array.from({ length: 3 }, () => new LimitBook(settleInDatabase));
  const calls = books.flatMap((book) =>
    Array.from({ length: 300 }, async () => (await book.take([demand])).allowed),
  );
  const allowed = (await Promise.all(calls)).filter(Boolean).length;
  expect(allowed).toBeGreaterThanOrEqual(200);
  expect(allowed).toBeLessThanOrEqual(220); // a twentieth for each process but one
  const late = new LimitBook(settleInDatabase);
  let more = 0;
  while ((await late.take([demand])).allowed) more++;
  expect(more).toBeLessThanOrEqual(10);
});
