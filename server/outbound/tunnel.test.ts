import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NodeError, type NodeErrorData } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';
import { createHttpDoor } from './http-door.ts';
import type { Resolved } from './lookup.ts';

/** The canary listens on another address of this machine, which is not allowed. */
const ALLOWED = ['127.0.0.1/32'];
const NAMES: Record<string, string[]> = {
  'shop.test': ['127.0.0.1'],
  'proxy.test': ['127.0.0.1'],
  'inner.test': ['127.0.0.2'],
  'mixed.test': ['127.0.0.1', '127.0.0.2'],
  'inner-proxy.test': ['127.0.0.2'],
  'two.test': ['127.0.0.1', '127.0.0.1'],
};
const resolve = async (name: string): Promise<Resolved[]> => {
  const found = NAMES[name];
  if (!found) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  return found.map((address) => ({ address, family: 4 }));
};
const door = createHttpDoor({ allowPrivateNetworks: ALLOWED, resolve });

interface Tunnel {
  target: string;
  headers: http.IncomingHttpHeaders;
}
const tunnels: Tunnel[] = [];
/** Sockets of the proxy that are open. */
const sockets = new Set<net.Socket>();
const servers: net.Server[] = [];
let answer: (tunnel: Tunnel, nth: number) => number = () => 200;
let canaryHits = 0;
let [shop, secure, canary, proxy, tlsProxy] = [0, 0, 0, 0, 0];
let serverName: string | undefined;

const certificate = (part: 'key' | 'crt') =>
  readFileSync(createRequire(import.meta.url).resolve(`hoodiecrow-imap/cert/server.${part}`));

async function listen(server: net.Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, host, done));
  return (server.address() as AddressInfo).port;
}

function relay(request: http.IncomingMessage, client: net.Socket): void {
  const tunnel = { target: request.url!, headers: request.headers };
  tunnels.push(tunnel);
  client.on('error', () => undefined);
  const status = answer(tunnel, tunnels.length);
  if (status !== 200) return void client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
  const { hostname, port } = new URL(`http://${tunnel.target}`);
  const upstream = net.connect(Number(port || 80), hostname, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
}

function proxyServer(server: http.Server): http.Server {
  server.on('connect', relay).on('connection', (socket: net.Socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
  });
  return server;
}

const routes: http.RequestListener = (request, response) => {
  const url = new URL(request.url!, 'http://shop.test');
  if (url.pathname === '/redirect')
    return void response.writeHead(302, { location: url.searchParams.get('to')! }).end();
  response.end(JSON.stringify({ url: request.url, headers: request.headers }));
};

beforeAll(async () => {
  const pair = { key: certificate('key'), cert: certificate('crt') };
  shop = await listen(http.createServer(routes));
  secure = await listen(
    https.createServer({
      ...pair,
      SNICallback: (name, done) => {
        serverName = name;
        done(null, tls.createSecureContext(pair));
      },
    }),
  );
  canary = await listen(
    net.createServer((socket) => {
      canaryHits++;
      socket.end();
    }),
    '127.0.0.2',
  );
  proxy = await listen(proxyServer(http.createServer()));
  tlsProxy = await listen(proxyServer(https.createServer(pair)));
});
beforeEach(() => {
  tunnels.length = 0;
  answer = () => 200;
});
afterAll(async () => {
  await door.close();
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  expect(canaryHits).toBe(0);
});

const call = (url: string, more: Partial<HttpRequest> = {}) =>
  door.request({ method: 'GET', url, proxy: `http://proxy.test:${proxy}`, ...more });

async function failure(work: Promise<unknown>): Promise<NodeErrorData> {
  const error = await work.then(
    () => new Error('should have failed'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof NodeError) return error.data;
  throw error;
}

test('calls through a tunnel to the address that was checked, by the name of the host', async () => {
  const response = await call(`http://shop.test:${shop}/a?b=c`, {
    proxy: `me:p%40ss@proxy.test:${proxy}`,
    headers: { 'x-one': '1' },
  });
  const seen = JSON.parse(Buffer.from(response.body).toString());
  expect(seen).toMatchObject({ url: '/a?b=c', headers: { host: `shop.test:${shop}`, 'x-one': '1' } });
  expect(seen.headers).not.toHaveProperty('proxy-authorization');
  expect(tunnels).toEqual([
    {
      target: `127.0.0.1:${shop}`,
      headers: expect.objectContaining({
        host: `127.0.0.1:${shop}`,
        'proxy-authorization': `Basic ${btoa('me:p@ss')}`,
      }),
    },
  ]);
});

test('https asks for the certificate of the name, not of the address', async () => {
  const error = await failure(call(`https://shop.test:${secure}/`));
  expect(tunnels.map(({ target }) => target)).toEqual([`127.0.0.1:${secure}`]);
  expect(serverName).toBe('shop.test');
  expect(error).toMatchObject({ kind: 'upstream', retryable: false });
  expect(error.message).toContain(`The certificate of shop.test:${secure} is not valid`);
});

test('a tunnel is used again, but not by who logs in to the proxy as somebody else', async () => {
  const opened = async (user: string) => {
    const before = tunnels.length;
    await call(`http://shop.test:${shop}/`, { proxy: `http://${user}@proxy.test:${proxy}` });
    return tunnels.length - before;
  };
  expect(await opened('one')).toBe(1);
  // It is free again a moment after its answer was read.
  await expect.poll(() => opened('one')).toBe(0);
  expect(await opened('other')).toBe(1);
});

test('connections to very many proxies do not stay', async () => {
  for (let i = 0; i < 40; i++)
    await call(`http://shop.test:${shop}/`, { proxy: `http://user${i}@proxy.test:${proxy}` });
  await expect.poll(() => sockets.size).toBeLessThanOrEqual(32);
});

test.each([
  ['a name of a forbidden address', () => `http://inner.test:${canary}/`],
  ['a name with one forbidden address', () => `http://mixed.test:${canary}/`],
  ['an address', () => `http://127.0.0.2:${canary}/`],
  ['a redirect to a name', () => `http://shop.test:${shop}/redirect?to=http://inner.test:${canary}/`],
  ['a redirect to an address', () => `http://shop.test:${shop}/redirect?to=http://127.0.0.2:${canary}/`],
])('does not call what may not be called through a proxy either: %s', async (_what, url) => {
  const error = await failure(call(url()));
  expect(error).toMatchObject({ kind: 'config', retryable: false, field: 'url' });
  expect(error.message).toContain('may not be called');
  expect(tunnels.filter(({ target }) => target.endsWith(`:${canary}`))).toEqual([]);
});

test.each([
  ['a name', () => `http://me:hush@inner-proxy.test:${canary}`],
  ['an address', () => `http://me:hush@127.0.0.2:${canary}`],
  ['an odd spelling', () => `http://me:hush@0x7f000002:${canary}`],
  ['IPv6', () => `http://me:hush@[::1]:${canary}`],
])('a proxy that may not be called: %s', async (_what, address) => {
  const error = await failure(call(`http://shop.test:${shop}/`, { proxy: address() }));
  expect(error).toMatchObject({ kind: 'config', field: 'options.proxy' });
  expect(JSON.stringify(error)).not.toContain('hush');
});

test('a name that cannot be looked up here is not left to the proxy', async () => {
  const error = await failure(call('http://only-there.test/'));
  expect(error).toMatchObject({ kind: 'config', retryable: false });
  expect(error.message).toContain('only-there.test');
  expect(error.detail).toContain('before the proxy is asked');
  expect(tunnels).toEqual([]);
});

test.each<[number, Partial<NodeErrorData>]>([
  [407, { kind: 'auth', retryable: false }],
  [403, { kind: 'upstream', retryable: false }],
  [503, { kind: 'upstream', retryable: true }],
])('a proxy that answers %i', async (status, expected) => {
  answer = () => status;
  const before = sockets.size;
  const error = await failure(
    call(`http://shop.test:${shop}/`, { proxy: `http://me:hush@proxy.test:${proxy}` }),
  );
  expect(error).toMatchObject({ ...expected, field: 'options.proxy' });
  expect(error.message).toContain(`proxy.test:${proxy}`);
  expect(JSON.stringify(error)).not.toContain('hush');
  await expect.poll(() => sockets.size).toBeLessThanOrEqual(before);
});

test('the next address is tried when the proxy cannot reach the first', async () => {
  answer = (_tunnel, nth) => (nth === 1 ? 502 : 200);
  expect((await call(`http://two.test:${shop}/`)).status).toBe(200);
  expect(tunnels).toHaveLength(2);
});

test('a proxy that is not there, says nothing, or is none', async () => {
  const free = net.createServer();
  const port = await listen(free);
  await new Promise((done) => free.close(done));
  const at = (wrong: number, more = {}) =>
    failure(call(`http://shop.test:${shop}/`, { proxy: `http://proxy.test:${wrong}`, ...more }));
  expect(await at(port)).toMatchObject({
    kind: 'upstream',
    message: `The proxy could not be used: proxy.test:${port} refused the connection.`,
  });
  const held: net.Socket[] = [];
  const silent = await listen(net.createServer((socket) => void held.push(socket)));
  expect((await at(silent, { timeoutMs: 50 })).kind).toBe('timeout');
  for (const socket of held) socket.destroy();
  const closing = await listen(net.createServer((socket) => void socket.destroy()));
  expect(await at(closing)).toMatchObject({ kind: 'upstream', retryable: true });
  const nonsense = await listen(net.createServer((socket) => void socket.end('nonsense\r\n\r\n')));
  expect((await at(nonsense)).kind).toBe('upstream');
  const tooEager = await listen(
    net.createServer((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\nforged')),
  );
  expect((await at(tooEager)).kind).toBe('upstream');
});

test('the certificate of a proxy is checked', async () => {
  const error = await failure(call(`http://shop.test:${shop}/`, { proxy: `https://proxy.test:${tlsProxy}` }));
  expect(error).toMatchObject({ kind: 'upstream', retryable: false, field: 'options.proxy' });
  expect(error.message).toContain('certificate');
  expect(tunnels).toEqual([]);
});

test.each(['socks5://me:hush@proxy.test:1080', 'http://', 'me:hush@', 'http://me:hush@a b', 'file:///hush'])(
  'no proxy: %s',
  async (address) => {
    const error = await failure(call(`http://shop.test:${shop}/`, { proxy: address }));
    expect(error).toMatchObject({ kind: 'config', field: 'options.proxy' });
    expect(JSON.stringify(error)).not.toContain('hush');
  },
);
