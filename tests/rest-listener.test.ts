import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES } from '#server/api-keys/schema.ts';
import { listen } from '#server/http/listener.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';

ownDatabase();

let server: http.Server;
let url: string;
let key: string;
const passed: string[] = [];
beforeAll(async () => {
  server = http.createServer(
    listen(async (request, response) => {
      passed.push(request.url ?? '');
      response.writeHead(200).end('Next');
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  key = (await createApiKey((await createPerson()).scope, { name: 'k', scopes: API_SCOPES })).key;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });

it('endpoints are answered before Next, with all headers', async () => {
  const created = await call('POST', '/workflows', '{"name":"Grüße"}');
  expect(created.status).toBe(201);
  expect(created.headers.get('content-security-policy')).toBeTruthy();
  expect(created.headers.get('x-content-type-options')).toBe('nosniff');
  expect(created.headers.get('x-request-id')).toBeTruthy();
  const { id, name } = (await created.json()) as { id: string; name: string };
  expect(name).toBe('Grüße');
  expect((await call('GET', `/workflows/${id}/`)).status).toBe(200);
  expect((await call('DELETE', `/workflows/${id}`)).status).toBe(204);
  expect(passed).toEqual([]);
});

it.each([
  ['GET', '/openapi.json'],
  ['POST', '/workflows/import'],
  ['GET', '/files/content'],
  ['PUT', '/files/content'],
  ['GET', '/executions/x/events'],
  ['GET', '/nothing'],
])('what is raw, a stream or unknown is Next’s: %s %s', async (method, path) => {
  expect(await (await call(method, path, method === 'GET' ? undefined : '{}')).text()).toBe('Next');
});

it('a body that is too large is refused, and the caller hears it', async () => {
  const answer = await call(
    'POST',
    '/workflows',
    JSON.stringify({ name: 'x', notes: 'y'.repeat(6 * 1024 * 1024) }),
  );
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ status: 413 });
  // also one that does not say how large it is
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(256 * 1024).fill(32)),
  });
  const endless = await fetch(`${url}/api/v1/workflows`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: stream,
    duplex: 'half',
  } as RequestInit).then(
    ({ status }) => status,
    () => 413, // the connection was closed while we were still sending
  );
  expect(endless).toBe(413);
  expect((await call('GET', '/workflows')).status).toBe(200);
});

it('a caller that goes away harms nobody', async () => {
  const gone = new AbortController();
  const under = fetch(`${url}/api/v1/workflows`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{"name":')) }),
    duplex: 'half',
    signal: gone.signal,
  } as RequestInit);
  gone.abort();
  await expect(under).rejects.toThrow();
  expect((await call('GET', '/workflows')).status).toBe(200);
});

it('odd paths and encodings are refused and end nothing', async () => {
  for (const path of [
    '/workflows/%',
    '/workflows/%00',
    '/workflows/..%2f..%2f',
    '/workflows/%E0%A4%A',
    '//workflows',
  ])
    expect([path, (await call('GET', path)).status >= 500]).toEqual([path, false]);
});
