import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { openFiles } from '#server/storage/open.ts';
import { ownDatabase } from './support/database.ts';
import { startFrontDoor } from './support/front-door.ts';
import { createPerson, type Person } from './support/people.ts';
import { itemOf, publishWebhook, send, sendJson } from './support/webhook-calls.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-webhooks-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let door: Awaited<ReturnType<typeof startFrontDoor>>;
beforeAll(async () => {
  ada = await createPerson('Ada');
  door = await startFrontDoor();
});
afterAll(async () => {
  await door.close();
  await rm(folder, { recursive: true, force: true });
});

const publish = async (parameters: object = {}) => (await publishWebhook(ada, door.origin, parameters)).url;
const withOptions = (options: object) => publish({ options });
const problemOf = (answer: { text: string }) => JSON.parse(answer.text) as { detail: string; path?: string };

describe('a path below the address', () => {
  it('gives its parameters, and nothing else is found', async () => {
    const url = await withOptions({ path: '/orders/:orderId/lines/:line/' });
    const [shown] = (await ada.caller().workflows.list({ limit: 1 })).data;
    const { triggers } = await ada.caller().workflows.get({ id: shown!.id });
    expect(triggers[0]!.url).toMatch(/\/orders\/:orderId\/lines\/:line$/);
    const { json } = await itemOf(await sendJson(`${url}/orders/12/lines/a%2Fb?q=1`, {}));
    expect(json).toMatchObject({
      params: { orderId: '12', line: 'a/b' },
      query: { q: '1' },
      webhookUrl: expect.stringMatching(/\/orders\/:orderId\/lines\/:line$/),
    });
    for (const below of [
      '',
      '/',
      '/orders',
      '/orders/12/lines/3/',
      '/orders/12/../12/lines',
      '/orders/%/lines/3',
    ])
      expect([below, (await sendJson(url + below, {})).status]).toEqual([below, 404]);
  });

  it('is no way around the secret part', async () => {
    const url = await withOptions({ path: 'orders/:id' });
    const endpoint = url.split('/').at(-1)!;
    const guesses = [
      'orders',
      `${endpoint}x`,
      endpoint.slice(0, -1),
      endpoint.toLowerCase(),
      'x/..',
      `%2e%2e/${endpoint}`,
    ];
    for (const guess of guesses)
      expect([guess, (await sendJson(`${door.origin}/webhooks/${guess}/orders/1`, {})).status]).toEqual([
        guess,
        404,
      ]);
  });

  it('is not there where none was asked for', async () => {
    const url = await publish();
    expect((await sendJson(url, {})).status).toBe(202);
    for (const below of ['/', '/x', '//', '/%2f', '/;a'])
      expect((await sendJson(url + below, {})).status).toBe(404);
  });

  it('must be one before it is published', async () => {
    await expect(withOptions({ path: 'a/../b' })).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
      message: expect.stringContaining('Path below the URL'),
    });
    await expect(withOptions({ bodySchema: { $ref: 'https://evil.example' } })).rejects.toThrow(
      'outside of it',
    );
    await expect(withOptions({ ipAllowlist: 'localhost' })).rejects.toThrow('localhost');
    await expect(withOptions({ dedupeKey: '{{ $json.body.id }}' })).rejects.toThrow('never a template');
  });
});

describe('what may come in', () => {
  it('is what the schemas say; the answer names the place', async () => {
    const url = await withOptions({
      bodySchema: {
        type: 'object',
        required: ['order'],
        properties: { order: { properties: { id: { type: 'integer' } } } },
      },
      headersSchema: { required: ['x-shop'], properties: { 'x-shop': { pattern: '^[a-z]+$' } } },
    });
    const shop = { 'x-shop': 'abc' };
    expect((await sendJson(url, { order: { id: 5 } }, shop)).status).toBe(202);
    const body = await sendJson(url, { order: { id: 'five' } }, shop);
    expect([body.status, problemOf(body)]).toMatchObject([
      400,
      { path: '/order/id', detail: 'The body is not as wanted: body.order.id must be a whole number.' },
    ]);
    const header = await sendJson(url, { order: {} }, { 'x-shop': 'ABC' });
    expect([header.status, problemOf(header).path]).toEqual([400, '/x-shop']);
    expect((await sendJson(url, { order: {} })).status).toBe(400);
    expect((await send(url, { headers: shop })).status).toBe(400);
  });

  it('is of the kinds and of the size that are taken', async () => {
    const url = await withOptions({ contentTypes: 'application/json, text/*', maxBodyBytes: 100 });
    expect((await sendJson(url, { a: 1 })).status).toBe(202);
    expect(
      (await send(url, { body: 'x', headers: { 'content-type': 'text/csv; charset=utf-8' } })).status,
    ).toBe(202);
    expect((await send(url)).status).toBe(202);
    for (const type of [
      'application/xml',
      'multipart/form-data; boundary=a',
      'application/jsonx',
      undefined,
    ]) {
      const answer = await send(url, { body: 'x', headers: type ? { 'content-type': type } : {} });
      expect([type, answer.status]).toEqual([type, 415]);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
    expect((await sendJson(url, { a: 'x'.repeat(200) })).status).toBe(413);
  });

  it('comes from addresses that are listed', async () => {
    expect((await sendJson(await withOptions({ ipAllowlist: '203.0.113.7' }), {})).status).toBe(403);
    expect((await sendJson(await withOptions({ ipAllowlist: '127.0.0.0/8, ::1' }), {})).status).toBe(202);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('may be packed with %s, up to the limit', async (encoding, pack) => {
    const url = await publish();
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    const { json } = await itemOf(await send(url, { headers, body: pack('{"a":1}') }));
    expect(json.body).toEqual({ a: 1 });
    const bomb = pack(Buffer.alloc(50 * 1024 * 1024, ' '));
    expect((await send(url, { headers, body: bomb })).status).toBe(413);
    expect((await send(url, { headers, body: 'not packed at all' })).status).toBe(400);
  });

  it('is not packed in any other way', async () => {
    const url = await publish();
    for (const encoding of ['zstd', 'gzip, gzip', 'constructor'])
      expect((await sendJson(url, {}, { 'content-encoding': encoding })).status).toBe(415);
    const file = { 'content-type': 'image/png', 'content-encoding': 'gzip' };
    expect((await send(url, { headers: file, body: gzipSync('x') })).status).toBe(415);
  });
});

describe('hostile bodies', () => {
  it('are data, whatever they look like', async () => {
    const url = await publish();
    const text =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"x":"{{ $json }}","nul":"a\\u0000b","lone":"\\ud800"}';
    const { json } = await itemOf(
      await send(`${url}?__proto__=1&constructor=2`, {
        body: text,
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(Object.keys(json.body as object)).toEqual(['__proto__', 'constructor', 'x', 'nul', 'lone']);
    expect(json.query).toEqual(JSON.parse('{"__proto__":"1","constructor":"2"}'));
    expect((json.body as { nul: string }).nul).toBe('a\ufffdb');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('that name files name none', async () => {
    const body = { files: [{ filepath: '/etc/passwd', path: '/etc/passwd' }], file: { id: 'x', data: 'y' } };
    const item = await itemOf(await sendJson(await publish(), body));
    expect(item.json.body).toEqual(body);
    expect(item.files).toBeUndefined();
  });

  it('that are nested without end are refused', async () => {
    const url = await withOptions({ bodySchema: { items: { $ref: '#' } }, dedupeKey: 'body.id' });
    const headers = { 'content-type': 'application/json' };
    expect((await send(url, { headers, body: '['.repeat(10_000) + ']'.repeat(10_000) })).status).toBe(400);
    expect(
      (await send(url, { headers, body: `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}` })).status,
    ).toBe(400);
    expect((await send(url, { headers, body: '['.repeat(150) + ']'.repeat(150) })).status).toBe(202);
  });
});

describe('the id of a delivery', () => {
  it('is where the webhook says; the same one starts one execution', async () => {
    const url = await withOptions({ dedupeKey: 'body.event.id' });
    const first = await sendJson(url, { event: { id: 'a\0' }, n: 1 });
    expect((await sendJson(url, { event: { id: 'a\0' }, n: 2 })).text).toBe(first.text);
    expect((await sendJson(url, { event: { id: 'b' } })).text).not.toBe(first.text);
    const without = await sendJson(url, {});
    expect((await sendJson(url, {})).text).not.toBe(without.text);
    const other = await withOptions({ dedupeKey: 'headers.x-id' });
    const byHeader = await sendJson(other, { n: 1 }, { 'x-id': '1' });
    expect((await sendJson(other, { n: 2 }, { 'x-id': '1' })).text).toBe(byHeader.text);
  });
});

describe('the body as it came', () => {
  it('is kept as a file, byte by byte', async () => {
    const url = await withOptions({ rawBodyFile: true });
    const body = '{ "a":  1 }';
    const item = await itemOf(await send(url, { body, headers: { 'content-type': 'application/json' } }));
    expect(item.json.body).toEqual({ a: 1 });
    expect(item.files).toMatchObject({ data: { mimeType: 'application/json', sizeBytes: body.length } });
    expect(String(Buffer.from(await openFiles(ada.workspaceId, newId()).read(item.files!.data!)))).toBe(body);
  });
});

it('files of a call that starts nothing do not stay', async () => {
  const stored = () => readdirSync(path.join(folder, 'storage/files', ada.workspaceId));
  const url = await withOptions({ rawBodyFile: true, bodySchema: { required: ['a'] } });
  await itemOf(await sendJson(url, { a: 1 }, { 'webhook-id': 'once' }));
  const before = stored();
  expect((await sendJson(url, { a: 1 }, { 'webhook-id': 'once' })).status).toBe(202);
  const form = '--b\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--b--\r\n';
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  expect((await send(url, { body: form, headers })).status).toBe(400);
  expect(stored()).toEqual(before);
});

describe('scripts of other sites', () => {
  const asks = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };

  it('may call where that is allowed, and read refusals too', async () => {
    const url = await withOptions({
      allowedOrigins: 'https://shop.example',
      contentTypes: 'application/json',
    });
    const asked = await send(url, { method: 'OPTIONS', headers: asks });
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([
      204,
      'https://shop.example',
    ]);
    expect(asked.headers['access-control-allow-methods']).toBe('POST');
    expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
    const called = await sendJson(url, {}, { origin: 'https://shop.example' });
    expect(called.headers['access-control-allow-origin']).toBe('https://shop.example');
    const refused = await send(url, {
      body: 'x',
      headers: { origin: 'https://shop.example', 'content-type': 'a/b' },
    });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([
      415,
      'https://shop.example',
    ]);
    const evil = await send(url, { method: 'OPTIONS', headers: { ...asks, origin: 'https://evil.example' } });
    expect(evil.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('are told nothing elsewhere', async () => {
    const url = await publish();
    const asked = await send(url, { method: 'OPTIONS', headers: asks });
    expect([asked.status, asked.headers.allow]).toEqual([204, 'POST, OPTIONS']);
    for (const answer of [asked, await sendJson(url, {}, asks)])
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

it('a page that a workflow answers with cannot act as a page of ours', async () => {
  const url = await publish({
    responseBody: '<script>fetch("/api/trpc")</script>',
    options: {
      responseContentType: 'text/html',
      responseHeaders: [
        { name: 'Content-Security-Policy', value: 'default-src *' },
        { name: 'Set-Cookie', value: 'a=b' },
      ],
    },
  });
  const { headers } = await sendJson(url, {});
  expect(headers['content-type']).toBe('text/html');
  expect(headers['content-security-policy']).toMatch(/^sandbox /);
  expect(headers['content-security-policy']).not.toContain('allow-same-origin');
  expect(headers).not.toHaveProperty('set-cookie');
});

describe('several methods', () => {
  it('are told apart by the workflow', async () => {
    const url = await publish({ httpMethod: 'several', methods: [{ method: 'GET' }, { method: 'DELETE' }] });
    expect((await itemOf(await send(url, { method: 'DELETE' }))).json.method).toBe('DELETE');
    const refused = await send(url, { method: 'POST' });
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, DELETE']);
    expect((await send(url, { method: 'OPTIONS' })).headers.allow).toBe('GET, DELETE, OPTIONS');
  });
});
