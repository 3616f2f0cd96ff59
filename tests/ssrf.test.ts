import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpDoor } from '#engine/node.ts';
import type { WorkflowInput } from '#engine/workflow.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { approvalNode } from '#nodes/approval/execute.ts';
import { runNode } from '#nodes/testing.ts';
import { env } from '#server/env.ts';
import { createMailDoor } from '#server/mail/mail-door.ts';
import { createHttpDoor } from '#server/outbound/http-door.ts';
import { createCodeRunner } from '#server/sandbox/code-runner.ts';
import { realClock } from '../cli/clocks.ts';
import { type LocalResult, type LocalRunOptions, runLocally } from '../cli/local-run.ts';
import { createAuthority } from './support/certificates.ts';
import { ownDatabase } from './support/database.ts';
import { type DnsServer, startDnsServer } from './support/dns-server.ts';
import { createPerson, type Person } from './support/people.ts';
import { edges, node } from './support/workflows.ts';

/**
 * The rig: servers on every kind of address that nobody may reach, of which each connection is counted, a name server that
 * changes its mind, and one server that stands for the public internet. Every node that makes requests is driven at all of
 * them, and so is everything else that takes an address from a user.
 */
const PUBLIC = '127.0.0.77';
ownDatabase();

const canaries: { address: string; server: net.Server; hits: number }[] = [];
let publicHits = 0;
let redirectTo = '';
const internet = http.createServer((request, response) => {
  publicHits++;
  response.setHeader('connection', 'close'); // the next call has to look the name up again
  if (request.url?.startsWith('/redirect'))
    response.writeHead(302, { location: Buffer.from(redirectTo).toString('latin1') }).end();
  else response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{}}');
});
/** A proxy that anybody may use, and that would go wherever it is told. */
const proxy = http.createServer().on('connect', (request, socket: net.Socket) => {
  publicHits++;
  const [host, port] = (request.url ?? '').split(/:(?=\d+$)/);
  const onward = net.connect(Number(port), host!.replace(/[[\]]/g, ''), () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
});

let port: number;
let dns: DnsServer;
let door: HttpDoor & { close(): Promise<void> };
let ada: Person;
const code = createCodeRunner();

const listen = (server: net.Server, host: string, at: number) =>
  new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(at, host, () => resolve(true));
  });

beforeAll(async () => {
  env().LINKFLOW_ALLOW_PRIVATE_NETWORKS = [`${PUBLIC}/32`];
  await listen(internet, PUBLIC, 0);
  port = (internet.address() as AddressInfo).port;
  await listen(proxy, PUBLIC, 0);
  const own = Object.values(networkInterfaces())
    .flat()
    .flatMap((one) => (one ? [one.address + (one.scopeid ? `%${one.scopeid}` : '')] : []));
  for (const address of new Set(['127.0.0.1', '127.0.0.2', '127.255.255.254', '::1', ...own])) {
    const canary = { address, server: net.createServer(), hits: 0 };
    canary.server.on('connection', (socket) => {
      canary.hits++;
      socket.on('error', () => undefined).end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
    if (await listen(canary.server, address, port)) canaries.push(canary);
  }
  const privateOne = canaries.find(({ address }) => /^(10|172|192)\./.test(address))?.address ?? '10.0.0.1';
  dns = await startDnsServer((name, nth) => {
    switch (name) {
      case 'public.test':
        return [PUBLIC];
      case 'loopback.test':
        return ['127.0.0.1'];
      case 'private.test':
        return [privateOne];
      case 'six.test':
        return ['::1'];
      case 'mapped.test':
        return ['::ffff:7f00:1'];
      case 'metadata.test':
        return ['169.254.169.254'];
      case 'mixed.test':
        return [PUBLIC, '127.0.0.1'];
      case 'rebind.test': // good for whoever looks first, and bad for whoever connects
        return nth % 2 === 1 ? [PUBLIC] : ['127.0.0.1'];
      default:
        return [];
    }
  });
  door = createHttpDoor({ allowPrivateNetworks: [`${PUBLIC}/32`], resolve: dns.resolve });
  ada = await createPerson();
});
afterAll(async () => {
  await door.close();
  await code.close();
  dns.close();
  for (const { server } of canaries) server.close();
  internet.closeAllConnections();
  internet.close();
  proxy.close();
});

/** Hosts that lead to a canary, or to nothing that anybody may reach. */
const FORBIDDEN = [
  ...['127.0.0.1', 'localhost', 'localhost.', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '①②⑦.⓪.⓪.①'],
  ...[
    '127.0.0.2',
    '127.255.255.254',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
  ],
  ...['[64:ff9b::7f00:1]', '[2002:7f00:1::]', '169.254.169.254', '[fd00:ec2::254]', '100.100.100.200'],
  ...['loopback.test', 'private.test', 'six.test', 'mapped.test', 'metadata.test', 'mixed.test'],
  'public.test@127.0.0.1',
];
const ownAddresses = () =>
  canaries.map(({ address }) => (address.includes(':') ? `[${address.split('%')[0]}]` : address));

const start = node('start', 'manual-trigger');
const mailAccount = (host: string) => ({ host, port, security: 'none', user: 'a', password: 'b' });
type Outcome = Pick<LocalResult, 'status' | 'error'>;

/** How each node that makes requests is sent to a host. */
const HTTP_DRIVES: Record<string, (host: string, at: string) => Promise<Outcome>> = {
  'http-request': (host, at) =>
    run([start, node('go', 'http-request', { url: `http://${host}:${port}${at}`, options: TIMEOUT })]),
  graphql: (host, at) =>
    run([
      start,
      node('go', 'graphql', { endpoint: `http://${host}:${port}${at}`, query: '{ a }', options: TIMEOUT }),
    ]),
  'rss-read': async (host, at) => {
    const result = await run([
      start,
      node('go', 'rss-read', { url: `http://${host}:${port}${at}`, options: TIMEOUT }),
    ]);
    return result.error?.message.includes('feed') ? { status: 'completed' } : result; // it was reached, and is no feed
  },
  approval: (host, at) =>
    runNode(approvalNode, {
      parameters: { title: 't', message: 'm', details: [], notifyUrl: `http://${host}:${port}${at}` },
      approvalUrl: 'http://localhost/approve',
      http: async (request) => ({ status: (await door.request({ ...request, timeoutMs: 3000 })).status }),
    }).then(
      () => ({ status: 'completed' }),
      (error: Error) => ({ status: 'failed', error: { message: error.message, kind: 'config' as const } }),
    ),
};
const TIMEOUT = { timeoutMs: 3000 };
const MAIL_DRIVES: Record<string, (host: string) => Promise<Outcome>> = {
  'email-send': (host) =>
    run(
      [
        start,
        mailNode('go', 'email-send', {
          from: 'a@x.com',
          to: 'b@x.com',
          subject: 's',
          format: 'text',
          text: 't',
        }),
      ],
      {
        mail: { type: 'smtp', data: mailAccount(host) },
      },
    ),
  'email-read': (host) =>
    run([start, mailNode('go', 'email-read')], { mail: { type: 'imap', data: mailAccount(host) } }),
  'email-trigger': (host) =>
    run([mailNode('start', 'email-trigger'), node('go', 'no-op')], {
      mail: { type: 'imap', data: mailAccount(host) },
    }),
};
const mailNode = (id: string, type: string, parameters = {}) =>
  node(id, type, parameters, { credentials: { account: 'mail' }, settings: { timeoutMs: 700 } });

async function run(
  nodes: WorkflowInput['nodes'],
  credentials: NonNullable<LocalRunOptions['credentials']> = {},
): Promise<LocalResult> {
  const workflow = workflowSchema.parse({ name: 'w', nodes, edges: edges('start>go') });
  return runLocally(workflow, {
    http: door,
    mail: createMailDoor({ allowPrivateNetworks: [`${PUBLIC}/32`], resolve: dns.resolve }),
    code,
    clock: realClock,
    credentials,
  });
}
const hits = () =>
  canaries.filter((canary) => canary.hits > 0).map(({ address, hits: n }) => `${address}: ${n}`);

it('has canaries, and a drive for every node that makes requests', () => {
  expect(canaries.length).toBeGreaterThanOrEqual(3);
  const root = path.resolve('nodes');
  const callers = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) =>
      readdirSync(path.join(root, name)).some(
        (file) =>
          /(?<!\.test)\.ts$/.test(file) &&
          /services\.(http|mail)\b|\{[^}]*\b(http|mail)\b[^}]*\} = [^;]*services/.test(
            readFileSync(path.join(root, name, file), 'utf8'),
          ),
      ),
    );
  const driven = [...Object.keys(HTTP_DRIVES), ...Object.keys(MAIL_DRIVES)].sort();
  expect(callers.filter((name) => name !== 'credential-types').sort()).toEqual(driven);
});

const everywhere = () => [...FORBIDDEN, ...ownAddresses()];

describe.each(Object.entries(HTTP_DRIVES))('%s', (_type, go) => {
  it('reaches the public canary by address and by name', async () => {
    for (const host of [PUBLIC, 'public.test']) {
      const before = publicHits;
      expect([host, (await go(host, '/')).status]).toEqual([host, 'completed']);
      expect([host, publicHits]).toEqual([host, before + 1]);
    }
  });

  it('reaches nothing else, however it is written', async () => {
    for (const host of everywhere()) expect([host, (await go(host, '/')).status]).toEqual([host, 'failed']);
    expect(hits()).toEqual([]);
  });

  it('connects to the address that was checked, whatever the name server says next', async () => {
    const before = dns.asked.get('rebind.test') ?? 0;
    for (let i = 0; i < 6; i++) await go('rebind.test', '/');
    expect(dns.asked.get('rebind.test')).toBeGreaterThanOrEqual(before + 6);
    expect(hits()).toEqual([]);
  });

  it('follows no redirect there', async () => {
    for (const host of everywhere()) {
      redirectTo = `http://${host}:${port}/`;
      expect([host, (await go(PUBLIC, '/redirect')).status]).toEqual([host, 'failed']);
    }
    expect(hits()).toEqual([]);
  });
});

describe.each(Object.entries(MAIL_DRIVES))('%s', (_type, go) => {
  it('reaches the public canary, which is no mail server', async () => {
    for (const host of [PUBLIC, 'public.test'])
      expect((await go(host)).error?.message).not.toMatch(/may not be called|address/);
  });

  it('reaches nothing else, however it is written', async () => {
    for (const host of everywhere()) expect([host, (await go(host)).status]).toEqual([host, 'failed']);
    for (let i = 0; i < 4; i++) await go('rebind.test');
    expect(hits()).toEqual([]);
  });
});

it('a client certificate opens no other way', async () => {
  const { certificate, privateKey, ca } = {
    ...createAuthority('CA').issue('a'),
    ca: createAuthority('CA').ca,
  };
  const certified = { type: 'client-certificate', data: { certificate, privateKey, ca } };
  for (const host of everywhere()) {
    const url = `https://${host}:${port}/`;
    const node_ = node(
      'go',
      'http-request',
      { url, sendCertificate: true, options: TIMEOUT },
      {
        credentials: { certificate: 'certified' },
      },
    );
    expect([host, (await run([start, node_], { certified })).status]).toEqual([host, 'failed']);
  }
  expect(hits()).toEqual([]);
});

it('a proxy leads nowhere else', async () => {
  const proxyPort = (proxy.address() as AddressInfo).port;
  const through = (host: string, by = `http://${PUBLIC}:${proxyPort}`) =>
    run([
      start,
      node('go', 'http-request', { url: `http://${host}:${port}/`, options: { proxy: by, timeoutMs: 3000 } }),
    ]);
  const before = publicHits;
  expect((await through('public.test')).status).toBe('completed');
  expect(publicHits).toBe(before + 2); // the proxy, and what stands behind it
  for (const host of [...FORBIDDEN, ...ownAddresses()])
    expect([host, (await through(host)).status]).toEqual([host, 'failed']);
  for (let i = 0; i < 4; i++) await through('rebind.test');
  for (const host of ['127.0.0.1', 'localhost', '[::1]'])
    expect((await through('public.test', `http://${host}:${port}`)).status).toBe('failed');
  expect(hits()).toEqual([]);
});

it('code has no way out at all', async () => {
  const source = `
    const found = [];
    for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'require', 'process', 'importScripts'])
      if (typeof globalThis[name] !== 'undefined') found.push(name);
    return [{ json: { found } }]`;
  const { nodes } = await run([start, node('go', 'code', { source })]);
  expect(nodes.go?.[0]?.[0]?.[0]?.json).toEqual({ found: [] });
});

describe('what takes an address beside nodes', () => {
  it('does not try credentials out there', async () => {
    const { credentials } = ada.caller();
    const { id } = await credentials.create({ name: 'c', type: 'bearer', data: { token: 'canary' } });
    const before = publicHits;
    expect(await credentials.test({ id, url: `http://${PUBLIC}:${port}/` })).toMatchObject({ ok: true });
    expect(publicHits).toBe(before + 1);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', ...ownAddresses()])
      expect(await credentials.test({ id, url: `http://${host}:${port}/` })).toMatchObject({ ok: false });
    for (const type of ['smtp', 'imap'] as const) {
      const mail = await credentials.create({ name: 'm', type, data: mailAccount('127.0.0.1') });
      expect(await credentials.test({ id: mail.id })).toMatchObject({ ok: false });
    }
    expect(hits()).toEqual([]);
  });

  it('asks for no token there, and sends nobody there to consent', async () => {
    const { credentials } = ada.caller();
    for (const host of ['127.0.0.1', 'localhost', '[::1]', ...ownAddresses()]) {
      const token = await credentials.create({
        name: 't',
        type: 'oauth2',
        data: { grant: 'client-credentials', tokenUrl: `http://${host}:${port}/token`, clientId: 'c' },
      });
      expect(await credentials.test({ id: token.id })).toMatchObject({ ok: false });
    }
    const consent = await credentials.create({
      name: 'o',
      type: 'oauth2',
      data: {
        authorizationUrl: `http://127.0.0.1:${port}/a`,
        tokenUrl: `http://127.0.0.1:${port}/t`,
        clientId: 'c',
      },
    });
    await expect(credentials.connect({ id: consent.id })).rejects.toThrow('may not be called');
    const addresses = (requestTokenUrl: string, authorizationUrl: string) => ({
      flow: 'consent',
      requestTokenUrl,
      authorizationUrl,
      accessTokenUrl: `http://127.0.0.1:${port}/access`,
      consumerKey: 'c',
    });
    const signed = await credentials.create({
      name: 'o1',
      type: 'oauth1',
      data: addresses(`http://127.0.0.1:${port}/r`, `http://${PUBLIC}:${port}/a`),
    });
    await expect(credentials.connect({ id: signed.id })).rejects.toThrow('may not be called');
    expect(hits()).toEqual([]);
  });
});
