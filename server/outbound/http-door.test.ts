import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import zlib from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NodeErrorData, NodeErrorKind } from '#engine/errors.ts';
import { NodeError } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';
import { createHttpDoor } from './http-door.ts';
import type { Resolved } from './lookup.ts';

const LOOPBACK = ['127.0.0.0/8'];
const door = createHttpDoor({ allowPrivateNetworks: LOOPBACK });
let base = '';
let other = '';
const servers: (http.Server | net.Server)[] = [];

const routes: Record<string, http.RequestListener> = {
  '/echo': async (req, res) => {
    const body: Buffer[] = [];
    for await (const chunk of req) body.push(chunk);
    res.setHeader('content-type', 'application/json');
    res.end(
      JSON.stringify({
        method: req.method,
        url: req.url,
        headers: req.headers,
        body: Buffer.concat(body).toString(),
      }),
    );
  },
  '/status': (req, res) => {
    res.statusCode = Number(new URL(req.url!, base).searchParams.get('code'));
    res.end('answer');
  },
  '/redirect': (req, res) => {
    const query = new URL(req.url!, base).searchParams;
    res.writeHead(Number(query.get('code') ?? 302), { location: query.get('to')! }).end('moved');
  },
  '/circle': (_req, res) => void res.writeHead(302, { location: '/circle' }).end(),
  '/slow': (_req, res) => void setTimeout(() => res.end('late'), 100),
  '/never': () => undefined,
  '/stall': (_req, res) => void res.write('begin'),
  '/drop': (req) => void req.socket.destroy(),
  '/big': (_req, res) => void res.end(Buffer.alloc(300_000)),
  '/endless': (_req, res) => {
    const timer = setInterval(() => res.write(Buffer.alloc(20_000)), 1);
    res.on('close', () => clearInterval(timer));
  },
  '/gzip': (_req, res) => void res.setHeader('content-encoding', 'gzip').end(zlib.gzipSync('squeezed')),
  '/deflate': (_req, res) =>
    void res.setHeader('content-encoding', 'deflate').end(zlib.deflateSync('squeezed')),
  '/deflate-raw': (_req, res) =>
    void res.setHeader('content-encoding', 'deflate').end(zlib.deflateRawSync('squeezed')),
  '/br': (_req, res) => void res.setHeader('content-encoding', 'br').end(zlib.brotliCompressSync('squeezed')),
  '/twice': (_req, res) =>
    void res
      .setHeader('content-encoding', 'gzip, br')
      .end(zlib.brotliCompressSync(zlib.gzipSync('squeezed'))),
  '/broken-gzip': (_req, res) => void res.setHeader('content-encoding', 'gzip').end('this is no gzip'),
  '/bomb': (_req, res) =>
    void res.setHeader('content-encoding', 'gzip').end(zlib.gzipSync(Buffer.alloc(30_000_000))),
  '/empty-gzip': (_req, res) => void res.setHeader('content-encoding', 'gzip').writeHead(204).end(),
  '/headers': (_req, res) => void res.setHeader('x-long', 'x'.repeat(100_000)).end(),
  '/two': (_req, res) => void res.setHeader('x-two', ['a', 'b']).end(),
};

async function listen(server: http.Server | net.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const app: http.RequestListener = (req, res) => routes[req.url!.split('?')[0]!]!(req, res);
  base = `http://127.0.0.1:${await listen(http.createServer(app))}`;
  other = `http://127.0.0.1:${await listen(http.createServer(app))}`;
});
afterAll(async () => {
  await door.close();
  for (const server of servers) {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  }
});

const get = (path: string, more: Partial<HttpRequest> = {}) =>
  door.request({ method: 'GET', url: base + path, ...more });
const textOf = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();
const echo = async (path: string, more: Partial<HttpRequest> = {}) =>
  JSON.parse(textOf(await get(path, more)));

async function failure(work: Promise<unknown>): Promise<NodeErrorData> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NodeError) return error.data;
    throw error;
  }
  throw new Error('should have failed');
}
const kindOf = async (work: Promise<unknown>): Promise<NodeErrorKind> => (await failure(work)).kind;

test('sends method, query, headers and body', async () => {
  const seen = await echo('/echo?a=1', {
    method: 'post',
    query: { b: ['2', 'drei & vier'], a: '5' },
    headers: {
      'X-One': 'one',
      'content-type': 'application/json',
      'Content-Length': '999',
      Connection: 'close',
    },
    body: '{"x":1}',
  });
  expect(seen).toMatchObject({ method: 'POST', url: '/echo?a=1&b=2&b=drei+%26+vier&a=5', body: '{"x":1}' });
  expect(seen.headers).toMatchObject({ 'x-one': 'one', 'content-length': '7', 'user-agent': 'LinkFlow' });
});

test('sends bytes as they are', async () => {
  expect((await echo('/echo', { method: 'PUT', body: Buffer.from('bytes') })).body).toBe('bytes');
});

test('returns every status that was answered', async () => {
  for (const code of [200, 201, 204, 304, 400, 404, 429, 500, 503]) {
    expect((await get(`/status?code=${code}`)).status).toBe(code);
  }
});

test('joins headers that came more than once', async () => {
  expect((await get('/two')).headers['x-two']).toBe('a, b');
});

test('user and password in the URL become a header, and leave the URL', async () => {
  const url = `${base.replace('//', '//me:s%40cret%@')}/echo`;
  const response = await get('', { url });
  expect(JSON.parse(textOf(response)).headers.authorization).toBe(`Basic ${btoa('me:s@cret%')}`);
  expect(response.url).toBe(`${base}/echo`);
});

test.each(['gzip', 'deflate', 'deflate-raw', 'br', 'twice'])('unpacks %s', async (path) => {
  const response = await get(`/${path}`);
  expect(textOf(response)).toBe('squeezed');
  expect(response.headers['content-encoding']).toBeUndefined();
});

test('an empty packed answer is empty, a broken one is the fault of the other side', async () => {
  expect(textOf(await get('/empty-gzip'))).toBe('');
  expect(await kindOf(get('/broken-gzip'))).toBe('upstream');
});

test('cuts answers that are too large: announced, endless, or large only once unpacked', async () => {
  expect(await kindOf(get('/big', { maxBytes: 100_000 }))).toBe('limit');
  expect(await kindOf(get('/endless', { maxBytes: 100_000 }))).toBe('limit');
  expect(await kindOf(get('/bomb', { maxBytes: 1_000_000 }))).toBe('limit');
  expect(await kindOf(get('/headers'))).toBe('limit');
  expect((await get('/big', { maxBytes: 300_000 })).body.length).toBe(300_000);
  expect((await get('/echo')).status).toBe(200);
});

test('ends at its deadline: no answer, or an answer that stalls', async () => {
  expect(await failure(get('/never', { timeoutMs: 50 }))).toMatchObject({ kind: 'timeout', retryable: true });
  expect(await kindOf(get('/stall', { timeoutMs: 50 }))).toBe('timeout');
});

test('ends with the caller’s reason when the caller gives up', async () => {
  const controller = new AbortController();
  const work = failure(get('/never', { signal: controller.signal }));
  controller.abort(new NodeError('stopped', 'enough'));
  expect(await work).toMatchObject({ kind: 'stopped', message: 'enough' });
  expect(await failure(get('/echo', { signal: controller.signal }))).toMatchObject({ kind: 'stopped' });
});

test('names the fault of a connection', async () => {
  expect(await kindOf(get('/drop'))).toBe('upstream');
  const free = net.createServer();
  const port = await listen(free);
  await new Promise((resolve) => free.close(resolve));
  const refusedBy = await failure(get('', { url: `http://127.0.0.1:${port}/?token=secret` }));
  expect(refusedBy).toMatchObject({ kind: 'upstream', message: `127.0.0.1:${port} refused the connection.` });
  const garbage = await listen(
    net.createServer((socket) => socket.end('nonsense\r\n\r\n').on('error', () => undefined)),
  );
  expect(await kindOf(get('', { url: `http://127.0.0.1:${garbage}/` }))).toBe('upstream');
  expect(await kindOf(get('', { url: base.replace('http:', 'https:') }))).toBe('upstream');
});

test.each([
  { method: 'CONNECT' },
  { method: 'GE T' },
  { headers: { 'bad name': 'x' } },
  { headers: { ok: 'line\nbreak' } },
  { headers: { ok: 'snow ☃' } },
])('refuses a request that cannot be sent: %j', async (more) => {
  expect(await kindOf(get('/echo', more as Partial<HttpRequest>))).toBe('config');
});

test('follows redirects by the rules of fetch', async () => {
  const post = { method: 'POST', body: 'data', headers: { 'content-type': 'text/plain' } };
  const to = (code: number) => `/redirect?code=${code}&to=/echo`;
  for (const code of [301, 302, 303]) {
    const seen = await echo(to(code), post);
    expect(seen).toMatchObject({ method: 'GET', body: '' });
    expect(seen.headers['content-type']).toBeUndefined();
  }
  for (const code of [307, 308])
    expect(await echo(to(code), post)).toMatchObject({ method: 'POST', body: 'data' });
  expect(await echo(to(302), { method: 'PUT', body: 'x' })).toMatchObject({ method: 'PUT', body: 'x' });
  expect((await get(to(302))).url).toBe(`${base}/echo`);
  expect((await get(to(302), { followRedirects: false })).status).toBe(302);
  expect(await kindOf(get('/circle'))).toBe('upstream');
});

test('another origin gets no header that may carry a secret', async () => {
  const headers = {
    authorization: 'Bearer s',
    cookie: 's',
    'x-api-key': 's',
    'my-own-token': 's',
    accept: 'text/x',
  };
  const same = await echo('/redirect?to=/echo', { headers });
  expect(same.headers).toMatchObject(headers);
  const far = await echo(`/redirect?to=${other}/echo`, { headers });
  expect(JSON.stringify(far.headers)).not.toContain('"s"');
  expect(far.headers.authorization).toBeUndefined();
  expect(far.headers.accept).toBe('text/x');
});

test.each([
  'http://10.0.0.1/',
  'http://169.254.169.254/',
  'http://[::1]/',
  'file:///etc/passwd',
  'http://0x0a000001/',
])('checks where a redirect leads: %s', async (to) => {
  expect(await failure(get(`/redirect?to=${encodeURIComponent(to)}`))).toMatchObject({ kind: 'config' });
});

test('without permission, this machine cannot be reached under any name', async () => {
  const closed = createHttpDoor({ allowPrivateNetworks: [] });
  for (const host of ['127.0.0.1', 'localhost', 'LocalHost', '[::1]', '0.0.0.0', '2130706433']) {
    const url = `http://${host}:${new URL(base).port}/echo`;
    const data = await failure(closed.request({ method: 'GET', url }));
    expect(data).toMatchObject({ kind: 'config', retryable: false });
    expect(data.detail).toContain('LINKFLOW_ALLOW_PRIVATE_NETWORKS');
  }
  await closed.close();
});

test('a name is checked by what it resolves to, each time it is looked up, and all answers count', async () => {
  const answers: Resolved[][] = [
    [{ address: '127.0.0.1', family: 4 }],
    [{ address: '10.0.0.1', family: 4 }],
    [
      { address: '127.0.0.1', family: 4 },
      { address: '169.254.169.254', family: 4 },
    ],
    [{ address: '::ffff:127.0.0.1', family: 6 }],
    [],
  ];
  let asked = 0;
  const rebinding = createHttpDoor({
    allowPrivateNetworks: LOOPBACK,
    resolve: async () => answers[asked++] ?? [],
  });
  const call = async (path: string) => {
    const url = `http://rebind.test:${new URL(base).port}${path}`;
    // A connection is free again a moment after its answer was read.
    return rebinding
      .request({ method: 'GET', url })
      .finally(() => new Promise((resolve) => setTimeout(resolve, 20)));
  };
  expect((await call('/echo')).status).toBe(200);
  // The connection that was checked is used again; only a new one asks again.
  expect((await call('/echo')).status).toBe(200);
  expect(asked).toBe(1);
  await kindOf(call('/drop'));
  for (let i = 0; i < 3; i++) expect(await kindOf(call('/echo'))).toBe('config');
  expect(await kindOf(call('/echo'))).toBe('upstream');
  await rebinding.close();
});

test('fifty calls to one host run at the same time', async () => {
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 50 }, () => get('/slow')));
  expect(performance.now() - startedAt).toBeLessThan(400);
});
