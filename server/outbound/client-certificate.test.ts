import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NodeError, type NodeErrorData } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';
import { withCertificate } from '#nodes/credential-types/client-certificate.ts';
import { createAuthority } from '#tests/support/certificates.ts';
import { certificateProblem } from './client-certificate.ts';
import { toNodeError } from './failures.ts';
import { createHttpDoor } from './http-door.ts';

const authority = createAuthority('Own CA');
const stranger = createAuthority('Another CA');
const { ca } = authority;
const hosts = ['shop.test', 'other.test', 'proxy.test'];
const server = authority.issue('server', { hosts });
const tlsOf = ({ certificate, privateKey }: { certificate: string; privateKey: string }) => ({
  cert: certificate,
  key: privateKey,
  ca,
});
const ada = { ...authority.issue('ada'), ca };
const grace = { ...authority.issue('grace'), ca };

const door = createHttpDoor({
  allowPrivateNetworks: ['127.0.0.1/32'],
  resolve: async (name) => {
    if (name === 'inner.test') return [{ address: '127.0.0.2', family: 4 }];
    if (hosts.includes(name)) return [{ address: '127.0.0.1', family: 4 }];
    throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
  },
});

const servers: net.Server[] = [];
const clients = new Set<net.Socket>();
async function listen(one: net.Server, host = '127.0.0.1'): Promise<number> {
  servers.push(one);
  one.on('connection', (socket: net.Socket) => {
    clients.add(socket.once('close', () => clients.delete(socket)));
  });
  await new Promise<void>((done) => one.listen(0, host, done));
  return (one.address() as AddressInfo).port;
}

/** Whose certificate each connection came with. */
const callers = (socket: TLSSocket) =>
  (socket.getPeerCertificate() as { subject?: { CN: string } }).subject?.CN ?? null;
let connections: (string | null)[] = [];
let strict = 0;
let lenient = 0;
let innerHits = 0;
let inner = 0;
const answering: http.RequestListener = (request, response) => {
  const to = new URL(request.url!, 'https://shop.test').searchParams.get('to');
  if (to) return void response.writeHead(302, { location: to }).end();
  response.end(JSON.stringify({ caller: callers(request.socket as TLSSocket), host: request.headers.host }));
};
const secure = (more: https.ServerOptions) =>
  https
    .createServer({ ...tlsOf(server), requestCert: true, ...more }, answering)
    .on('secureConnection', (socket) => connections.push(callers(socket)))
    .on('tlsClientError', () => undefined);

const tunnels: string[] = [];
let opens = 200;
const relay = (request: http.IncomingMessage, client: net.Socket): void => {
  tunnels.push(request.url!);
  client.on('error', () => undefined);
  if (opens !== 200) return void client.end(`HTTP/1.1 ${opens} No\r\ncontent-length: 0\r\n\r\n`);
  const { hostname, port } = new URL(`http://${request.url}`);
  const upstream = net.connect(Number(port), hostname, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
};
let proxy = '';
let tlsProxy = '';

beforeAll(async () => {
  strict = await listen(secure({ rejectUnauthorized: true }));
  lenient = await listen(secure({ rejectUnauthorized: false }));
  inner = await listen(
    net.createServer((socket) => {
      innerHits++;
      socket.end();
    }),
    '127.0.0.2',
  );
  proxy = `http://proxy.test:${await listen(http.createServer().on('connect', relay))}`;
  tlsProxy = `https://proxy.test:${await listen(https.createServer(tlsOf(server)).on('connect', relay))}`;
});
beforeEach(() => {
  connections = [];
  tunnels.length = 0;
  opens = 200;
});
afterAll(async () => {
  await door.close();
  for (const client of clients) client.destroy();
  for (const one of servers) one.close();
  expect(innerHits).toBe(0);
});

type Data = Record<string, string>;
const call = (url: string, data: Data, more: Partial<HttpRequest> = {}) =>
  door.request(withCertificate({ method: 'GET', url, ...more }, data));
const callerOf = async (...args: Parameters<typeof call>) => {
  const { status, body } = await call(...args);
  return [status, JSON.parse(Buffer.from(body).toString()).caller];
};
async function failure(work: Promise<unknown>): Promise<NodeErrorData> {
  const error = await work.then(
    () => new Error('should have failed'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof NodeError) return error.data;
  throw error;
}

describe.each([
  ['directly', () => ({})],
  ['through a proxy', () => ({ proxy })],
])('%s', (_way, way) => {
  const url = (path = '/', port = strict) => `https://shop.test:${port}${path}`;

  test('a server that asks for a certificate gets it', async () => {
    expect(await callerOf(url(), ada, way())).toEqual([200, 'ada']);
    expect(tunnels).toEqual('proxy' in way() ? [`127.0.0.1:${strict}`] : []);
  });

  test('a private key may have a passphrase', async () => {
    const locked = { ...authority.issue('locked', { passphrase: 'open sesame' }), ca };
    expect(await callerOf(url(), { ...locked, passphrase: 'open sesame' }, way())).toEqual([200, 'locked']);
  });

  test('a CA of one’s own is enough for a server that asks for nothing', async () => {
    expect(await callerOf(url('/', lenient), { ca }, way())).toEqual([200, null]);
  });

  test('without a certificate, or with one that another CA gave, the server refuses', async () => {
    for (const data of [{ ca }, { ...stranger.issue('eve'), ca }]) {
      const error = await failure(call(url(), data, way()));
      expect(['upstream', 'auth']).toContain(error.kind);
      expect(error.message).toContain(`shop.test:${strict}`);
    }
  });

  test('a server that the CA does not vouch for is refused, and the public ones do not know it', async () => {
    for (const own of [{ ca: stranger.ca }, { ca: '' }]) {
      const error = await failure(call(url(), { ...ada, ...own }, way()));
      expect(error).toMatchObject({ kind: 'upstream', retryable: false });
      expect(error.message).toContain(`The certificate of shop.test:${strict} is not valid`);
    }
  });

  test('the name in the certificate of the server counts', async () => {
    const elsewhere = await listen(https.createServer(tlsOf(authority.issue('x', { hosts: ['x.test'] }))));
    const error = await failure(call(url('/', elsewhere), ada, way()));
    expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('connections are kept for the same certificate and nobody else', async () => {
    const at = url('/', lenient);
    const opened = async (data: Data, caller: string | null) => {
      const before = connections.length;
      expect(await callerOf(at, data, way())).toEqual([200, caller]);
      return connections.length - before;
    };
    // it is free again a moment after its answer was read
    for (const [data, caller] of [[ada, 'ada'] as const, [grace, 'grace'] as const, [{ ca }, null] as const])
      await expect.poll(() => opened(data, caller)).toBe(0);
    const error = await failure(door.request({ method: 'GET', url: at, ...way() }));
    expect(error.message).toContain('is not valid'); // nor is the CA there for other calls
  });

  test('a redirect to the same origin keeps it, one elsewhere does not get it', async () => {
    expect(await callerOf(url('/?to=/b'), ada, way())).toEqual([200, 'ada']);
    const error = await failure(call(url(`/?to=https://other.test:${lenient}/`), ada, way()));
    // its CA would have made this call go well
    expect(error.message).toContain(`The certificate of other.test:${lenient} is not valid`);
    expect(await callerOf(`https://other.test:${lenient}/`, ada, way())).toEqual([200, 'ada']);
  });

  test('what may not be called is not called with a certificate either', async () => {
    for (const host of ['inner.test', '127.0.0.2']) {
      const error = await failure(call(`https://${host}:${inner}/`, ada, way()));
      expect(error).toMatchObject({ kind: 'config', field: 'url' });
      expect(error.message).toContain('may not be called');
    }
  });
});

test('a proxy that refuses is what the error is about', async () => {
  opens = 403;
  const fresh = { ...authority.issue('fresh'), ca };
  const error = await failure(call(`https://shop.test:${strict}/`, fresh, { proxy }));
  expect(error).toMatchObject({ kind: 'upstream', field: 'options.proxy' });
  expect(error.message).toContain('403');
  expect(connections).toEqual([]);
});

test('the CA is for the host behind a proxy and not for the proxy', async () => {
  const error = await failure(call(`https://shop.test:${strict}/`, ada, { proxy: tlsProxy }));
  expect(error).toMatchObject({ kind: 'upstream', field: 'options.proxy' });
  expect(error.message).toContain('certificate');
  expect(tunnels).toEqual([]);
});

test('connections with very many certificates do not stay', async () => {
  for (let i = 0; i < 36; i++)
    await callerOf(`https://shop.test:${lenient}/`, { ...ada, passphrase: `${i}` });
  await expect.poll(() => clients.size).toBeLessThanOrEqual(33);
});

test('without encryption nobody could ask for it', async () => {
  const error = await failure(call('http://shop.test/', ada));
  expect(error).toMatchObject({ kind: 'config', field: 'url' });
});

const locked = authority.issue('locked', { passphrase: 'open sesame' });
test.each<[string, Data, string, string]>([
  ['nothing', {}, 'certificate', 'missing'],
  ['no certificate', { privateKey: ada.privateKey }, 'certificate', 'missing'],
  ['no key', { certificate: ada.certificate }, 'privateKey', 'missing'],
  ['a certificate that is none', { ...ada, certificate: 'hush' }, 'certificate', '“Certificate”'],
  ['a CA that is none', { ca: 'hush' }, 'ca', '“CA certificate”'],
  ['a key that is none', { ...ada, privateKey: 'hush' }, 'privateKey', '“Private key”'],
  ['the key of another', { ...ada, privateKey: grace.privateKey }, 'privateKey', 'does not belong'],
  ['a locked key', { ...locked }, 'passphrase', 'missing'],
  ['a wrong passphrase', { ...locked, passphrase: 'hush' }, 'passphrase', 'does not open'],
])('%s says which field is wrong', async (_what, data, field, words) => {
  const problem = certificateProblem(data);
  expect(problem).toMatchObject({ field });
  expect(problem!.message).toContain(words);
  const error = await failure(call(`https://shop.test:${strict}/`, data));
  expect(error).toMatchObject({ kind: 'config', field: 'credentials' });
  expect(error.message).toContain(problem!.message);
  expect(JSON.stringify(error)).not.toContain('hush');
});

test('line breaks that got lost are found again', async () => {
  const flat = (text: string) => text.trim().replaceAll('\n', ' ');
  const escaped = (text: string) => text.replaceAll('\n', '\\n');
  for (const change of [flat, escaped]) {
    const data = Object.fromEntries(Object.entries(ada).map(([name, text]) => [name, change(text)]));
    expect(certificateProblem(data)).toBeNull();
    expect(await callerOf(`https://shop.test:${strict}/`, data)).toEqual([200, 'ada']);
  }
});

test('an alert about the certificate of the caller is about its credential', () => {
  for (const code of ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'])
    expect(toNodeError({ code }, 'shop.test').data).toMatchObject({ kind: 'auth', retryable: false });
  expect(toNodeError({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'shop.test').data.kind).toBe('upstream');
});
