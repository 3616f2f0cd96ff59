import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowInput } from '#engine/workflow.ts';
import { credentialTypes, findCredentialType } from '#nodes/credential-types/registry.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES } from '#server/api-keys/schema.ts';
import { db, getPool } from '#server/db.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { handleRest } from '#server/rest/handler.ts';
import { getRunnableVersion } from '#server/workflows/versions.ts';
import { createAuthority } from './support/certificates.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { until } from './support/until.ts';
import { edges, node } from './support/workflows.ts';

/**
 * A secret that can be told from everything else is put into every kind of credential and used by nodes that fail as badly
 * as they can: servers that repeat what they were sent, in errors, headers, bodies and protocols. Afterwards it is looked
 * for everywhere it could have gone.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-canary-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

/** What is found out about a secret: each must be unlike any other text. */
const CANARIES: Record<string, Record<string, string>> = {
  'api-key': { key: 'canary/api+key=7f3e9a51' },
  bearer: { token: 'canary-bearer-7f3e9a52' },
  basic: { user: 'ada', password: 'canary:basic:7f3e9a53' },
  oauth2: {
    grant: 'client-credentials',
    tokenUrl: '{sink}/token',
    clientId: 'client',
    clientSecret: 'canary-client-7f3e9a54',
  },
  header: { name: 'X-Key', value: 'canary-header-7f3e9a55' },
  query: { name: 'key', value: 'canary query 7f3e9a56 ü' },
  digest: { user: 'ada', password: 'canary-digest-7f3e9a57' },
  custom: { json: '{"headers":{"X-One":"canary-custom-7f3e9a58"},"body":{"two":"canary-body-7f3e9a59"}}' },
  smtp: {
    host: '127.0.0.1',
    port: 'smtp',
    security: 'none',
    user: 'ada',
    password: 'canary-smtp-7f3e9a60',
  },
  imap: {
    host: '127.0.0.1',
    port: 'imap',
    security: 'none',
    user: 'ada',
    password: 'canary-imap-7f3e9a61',
  },
  jwt: { algorithm: 'RS256', privateKey: 'canary-jwt-7f3e9a62', publicKey: 'none' },
  'webhook-signature': { secret: 'canary-signature-7f3e9a63' },
  'private-key': { privateKey: '-----BEGIN PRIVATE KEY-----canary-pem-7f3e9a64' },
  totp: { secret: 'canary-totp-7f3e9a65' },
  oauth1: {
    signatureMethod: 'PLAINTEXT', // sends them
    consumerKey: 'shop',
    consumerSecret: "canary'consumer 7f3e9a67",
    accessToken: 'canary-oauth1-7f3e9a68',
    tokenSecret: 'canary-oauth1-7f3e9a69',
  },
  'client-certificate': {
    ...createAuthority('Canaries').issue('canary-subject', { passphrase: 'canary-passphrase-7f3e9a70' }),
    passphrase: 'canary-passphrase-7f3e9a70',
  },
};
const ACCESS_TOKEN = 'canary-access-token-7f3e9a66';
const needles = [
  'api+key=7f3e9a51',
  'api%2Bkey%3D7f3e9a51',
  'bearer-7f3e9a52',
  'basic:7f3e9a53',
  Buffer.from('ada:canary:basic:7f3e9a53').toString('base64'),
  'client-7f3e9a54',
  Buffer.from('client:canary-client-7f3e9a54').toString('base64'),
  'header-7f3e9a55',
  '7f3e9a56',
  'digest-7f3e9a57',
  'custom-7f3e9a58',
  'body-7f3e9a59',
  'smtp-7f3e9a60',
  Buffer.from('\0ada\0canary-smtp-7f3e9a60').toString('base64'),
  Buffer.from('canary-smtp-7f3e9a60').toString('base64'),
  'imap-7f3e9a61',
  'jwt-7f3e9a62',
  'signature-7f3e9a63',
  'pem-7f3e9a64',
  'totp-7f3e9a65',
  'access-token-7f3e9a66',
  'consumer 7f3e9a67',
  'consumer%207f3e9a67',
  'consumer%25207f3e9a67',
  'oauth1-7f3e9a68',
  'oauth1-7f3e9a69',
  'passphrase-7f3e9a70',
  'BEGIN ENCRYPTED PRIVATE KEY',
  'BEGIN CERTIFICATE',
];

/** What each server outside was told. */
const heard: string[] = [];
const sink = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const said = JSON.stringify({ url: request.url, headers: request.headers, body });
  heard.push(said);
  if (request.url === '/token') {
    response.writeHead(200, { 'content-type': 'application/json' });
    return response.end(
      JSON.stringify({ access_token: ACCESS_TOKEN, expires_in: 3600, token_type: 'bearer' }),
    );
  }
  const fails = request.url?.startsWith('/fail');
  const challenged = request.headers.authorization === undefined && request.url?.includes('digest');
  response.writeHead(challenged ? 401 : fails ? 400 : 200, {
    'content-type': 'application/json',
    'x-echo': encodeURI(said).slice(0, 2000),
    ...(challenged ? { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' } : {}),
  });
  return response.end(JSON.stringify({ message: said, error: said }));
});
/** A mail server that refuses every login and repeats it. */
const mailServer = (greeting: string, answer: (line: string) => string) =>
  net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(`${greeting}\r\n`);
    socket.on('data', (data) => {
      const line = data.toString().trim();
      heard.push(line);
      socket.write(`${answer(line)}\r\n`);
    });
  });
const smtp = mailServer('220 ready', (line) =>
  /^EHLO/i.test(line) ? '250-here\r\n250 AUTH PLAIN' : `535 I do not know ${line}`,
);
const imap = mailServer('* OK IMAP4rev1', (line) => {
  const tag = line.split(' ')[0];
  return /CAPABILITY/i.test(line)
    ? `* CAPABILITY IMAP4rev1\r\n${tag} OK done`
    : `${tag} NO I do not know ${line}`;
});

let ada: Person;
let worker: ChildProcess;
let printed = '';
const ids: Record<string, string> = {};
const place = { sink: '', smtp: '', imap: '' };

beforeAll(async () => {
  for (const server of [sink, smtp, imap])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  place.sink = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
  place.smtp = String((smtp.address() as AddressInfo).port);
  place.imap = String((imap.address() as AddressInfo).port);
  ada = await createPerson('Ada');
  for (const [type, data] of Object.entries(CANARIES)) {
    const filled = Object.fromEntries(
      Object.entries(data).map(([name, value]) => [
        name,
        name === 'port' ? Number(place[value as 'smtp' | 'imap']) : value.replace('{sink}', place.sink),
      ]),
    );
    ids[type] = (await ada.caller().credentials.create({ name: type, type, data: filled })).id;
  }
  worker = spawn(process.execPath, ['worker/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      LINKFLOW_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
      LINKFLOW_LOG_LEVEL: 'debug',
    },
  });
  for (const stream of [worker.stdout!, worker.stderr!])
    stream.on('data', (data: Buffer) => {
      printed += data.toString();
    });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('exit', (code) => reject(new Error(`The worker ended with ${code}: ${printed}`)));
  });
}, 60_000);

afterAll(async () => {
  const gone = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill('SIGTERM');
  await gone;
  sink.closeAllConnections();
  sink.close();
  smtp.close();
  imap.close();
  rmSync(folder, { recursive: true, force: true });
});

const show = node('show', 'code', {
  source: 'console.log(JSON.stringify($input.all())); return $input.all()',
});
const withCredential = (slot: string, type: string) => ({ credentials: { [slot]: ids[type]! } });

/** The nodes that use this kind: one that goes well as far as it can, and one that fails. */
function nodesOf(type: string): WorkflowInput['nodes'] {
  const start = node('start', 'manual-trigger');
  if (findCredentialType(type)!.use === 'http') {
    const call = (id: string, where: string, more: object = {}) =>
      node(
        id,
        'http-request',
        {
          // a certificate goes out by https only, which the sink does not speak
          url: `${type === 'client-certificate' ? place.sink.replace('http:', 'https:') : place.sink}/${where}?kind=${type}`,
          authentication: 'credential',
          ...(id === 'echo' ? {} : { method: 'POST' }),
        },
        { ...withCredential('auth', type), ...more },
      );
    return [
      start,
      call('echo', 'echo'),
      show,
      call('goesOn', 'fail', { settings: { onError: 'continue' } }),
      call('failed', 'fail'),
    ];
  }
  const failing: Record<string, [string, Record<string, unknown>, string]> = {
    smtp: [
      'email-send',
      { from: 'a@example.com', to: 'b@example.com', subject: 's', format: 'text', text: 't' },
      'account',
    ],
    imap: ['email-read', {}, 'account'],
    jwt: ['jwt', { operation: 'sign', payload: { a: 1 } }, 'key'],
    'webhook-signature': ['crypto', { operation: 'hmac', source: 'file', file: 'none' }, 'key'],
    'private-key': ['crypto', { operation: 'sign', text: 'x' }, 'key'],
    totp: ['totp', { operation: 'generate' }, 'key'],
  };
  const [kind, parameters, slot] = failing[type]!;
  return [
    start,
    node('goesOn', kind, parameters, { ...withCredential(slot, type), settings: { onError: 'continue' } }),
    show,
    node('failed', kind, parameters, withCredential(slot, type)),
  ];
}

it('has a canary for every kind', () => {
  expect(Object.keys(CANARIES).sort()).toEqual(credentialTypes.map(({ type }) => type).sort());
});

describe('a secret', () => {
  it.each(Object.keys(CANARIES))('of the kind %s reaches its server and nothing else', async (type) => {
    const alarm = await ada.caller().workflows.create({
      name: `alarm ${type}`,
      nodes: [node('start', 'error-trigger'), show],
      edges: edges('start>show'),
    });
    await ada.caller().workflows.activate({ id: alarm.id });
    const nodes = nodesOf(type)!;
    const workflow = await ada.caller().workflows.create({
      name: type,
      nodes,
      edges: edges(...nodes.slice(1).map(({ id }, i) => `${nodes[i]!.id}>${id}`)),
      settings: { errorWorkflowId: alarm.id },
    });
    const { versionId } = await getRunnableVersion(ada.scope, workflow.id, 'draft');
    const { executionId } = await acceptExecution({
      workspaceId: ada.workspaceId,
      workflowId: workflow.id,
      versionId,
      mode: 'webhook',
      trigger: { nodeId: 'start', items: [{ json: {} }] },
    });
    const row = await until('the execution to end', 20, () =>
      db().execution.findFirst({ where: { id: executionId, finishedAt: { not: null } } }),
    );
    expect(row).toMatchObject({ status: 'failed', error: { kind: expect.any(String) } });
    await until('the error workflow to end', 20, () =>
      db().execution.findFirst({ where: { workflowId: alarm.id, status: 'completed' } }),
    );
    for (const format of ['json', 'yaml', 'n8n'] as const)
      printed += (await ada.caller().workflows.export({ id: workflow.id, format })).text;
    printed += JSON.stringify(await ada.caller().executions.get({ id: executionId }));
    if (process.env.SHOW) console.log(type, JSON.stringify(row.error));
  });

  it('was sent where it belongs', () => {
    const all = heard.join('\n');
    const sent = needles.filter(
      (needle) => all.includes(needle) || all.includes(JSON.stringify(needle).slice(1, -1)),
    );
    // keys that sign are never sent, a digest hides its password, and a mailbox that refuses to greet hears nothing
    const stays = [
      ...['passphrase-7f3e9a70', 'BEGIN ENCRYPTED PRIVATE KEY'],
      ...['digest-7f3e9a57', 'jwt-7f3e9a62', 'signature-7f3e9a63', 'pem-7f3e9a64', 'totp-7f3e9a65'],
    ];
    expect(sent).toEqual(
      expect.arrayContaining([
        'bearer-7f3e9a52',
        'header-7f3e9a55',
        '7f3e9a56',
        'custom-7f3e9a58',
        'body-7f3e9a59',
        'access-token-7f3e9a66',
        'consumer%25207f3e9a67',
        'oauth1-7f3e9a68',
        'oauth1-7f3e9a69',
      ]),
    );
    expect(sent.filter((needle) => stays.includes(needle))).toEqual([]);
  });

  it('is in no table, file, log, export or answer', async () => {
    const { key } = await createApiKey(ada.scope, { name: 'k', scopes: API_SCOPES });
    for (const at of ['/credentials', '/executions', '/audit', '/workflows'])
      printed += await (
        await handleRest(
          new Request(`http://localhost/api/v1${at}`, { headers: { authorization: `Bearer ${key}` } }),
        )
      ).text();
    const places: Record<string, string> = { 'what was printed, exported and answered': printed };
    const { rows: tables } = await getPool().query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const { rows } = await getPool().query<{ text: string }>(
        `select row_to_json(t)::text as text from ${name} t`,
      );
      places[name] = rows.map(({ text }) => text).join('\n');
    }
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const full = path.join(folder, file);
      if (statSync(full).isFile()) places[full] = readFileSync(full, 'latin1');
    }
    const found = Object.entries(places).flatMap(([where, text]) =>
      needles.filter((needle) => text.includes(needle)).map((needle) => `${where}: ${needle}`),
    );
    expect(found).toEqual([]);
    // and yet there is something to be seen: the masks that stand in its place
    expect(places['public.journal_chunk'] ?? '').toContain('***');
  });
});
