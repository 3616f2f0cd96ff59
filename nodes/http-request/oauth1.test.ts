import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { HttpRequest } from '#engine/node.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { createHttpDoor } from '#server/outbound/http-door.ts';
import { startOAuth1Server } from '#tests/support/oauth1-server.ts';
import { edges, node } from '#tests/support/workflows.ts';
import { realClock } from '../../cli/clocks.ts';
import { runLocally } from '../../cli/local-run.ts';
import { memoryCredentials } from '../credential-types/memory-door.ts';

/** Against servers that check every signature, and take none of them twice. */
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const privateKey = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const accounts = {
  consumers: { 'shop key': { secret: 'top&secret+=ü', publicKey } },
  tokens: { 'token/1': 'token!secret' },
};
const data = {
  consumerKey: 'shop key',
  consumerSecret: 'top&secret+=ü',
  accessToken: 'token/1',
  tokenSecret: 'token!secret',
};
let api: Awaited<ReturnType<typeof startOAuth1Server>>;
let elsewhere: typeof api;
const door = createHttpDoor({ allowPrivateNetworks: ['127.0.0.1/32'] });
beforeAll(async () => {
  api = await startOAuth1Server(accounts);
  elsewhere = await startOAuth1Server(accounts);
});
beforeEach(() => {
  api.verdicts.length = 0;
  elsewhere.verdicts.length = 0;
});
afterAll(async () => {
  await door.close();
  api.close();
  elsewhere.close();
});

const signing = (more: JsonObject = {}) =>
  memoryCredentials({ c: { type: 'oauth1', data: { ...data, ...more } } }, Math.random).signing(door, {
    id: 'c',
    nodeId: 'n',
    types: [],
  });
const ask = (path: string, request: Partial<HttpRequest> = {}, more: JsonObject = {}) =>
  signing(more).request({ method: 'GET', url: `${api.url}${path}`, ...request });
const problems = () => api.verdicts.map(({ problem }) => problem);
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test.each<[string, JsonObject]>([
  ['HMAC-SHA1', {}],
  ['HMAC-SHA256', { realm: '12345_SB1' }],
  ['HMAC-SHA512', { accessToken: '', tokenSecret: '' }],
  ['PLAINTEXT', {}],
  ['RSA-SHA1', { privateKey }],
])('%s is taken', async (signatureMethod, more) => {
  expect((await ask('/a?b=1', {}, { signatureMethod, ...more })).status).toBe(200);
  expect(api.verdicts[0]!.given).toMatchObject({ oauth_signature_method: signatureMethod });
  if (more.realm) expect(api.verdicts[0]!.given.realm).toBe(more.realm);
});

test.each<[string, JsonObject]>([
  ['consumer secret', { consumerSecret: 'x' }],
  ['token secret', { tokenSecret: 'x' }],
])('a wrong %s is refused', async (_what, more) => {
  expect((await ask('/a', {}, more)).status).toBe(401);
  expect(problems()).toEqual(['signature']);
});

test.each<[string, string, Partial<HttpRequest>]>([
  ['a query that is written out', "/a?b=1&a=x+y&a=%20z&c&d=&e=ü!*'()&%C3%A4=1", {}],
  ['a query of its own', '/a', { query: { q: 'a b+c&d', list: ['2', '1'], 'x[]': '~' } }],
  ['both', '/a?q=2', { query: { q: '1' } }],
  ['a form', '/a?z=1', { method: 'POST', headers: form, body: 'b=2&a=1+2&a=%C3%BC' }],
  ['a form as bytes', '/a', { method: 'PUT', headers: form, body: Buffer.from('a=1') }],
  ['another body', '/a', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'a=1' }],
  ['a path with signs', '/a%20b/(c);d/ü', {}],
])('signs %s', async (_what, path, request) => {
  expect((await ask(path, request)).status).toBe(200);
  expect(problems()).toEqual([null]);
});

test('signs every hop of a redirect anew, and another origin gets no signature', async () => {
  const to = encodeURIComponent(`/b?c=1&to=${encodeURIComponent(`${elsewhere.url}/c`)}`);
  expect((await ask(`/a?to=${to}`)).status).toBe(401);
  expect(problems()).toEqual([null, null]);
  expect(elsewhere.verdicts).toEqual([
    expect.objectContaining({ problem: 'unsigned', path: '/c', given: {} }),
  ]);
});

test('a redirect that is not followed comes back as it is', async () => {
  expect((await ask('/a?to=/b', { followRedirects: false })).status).toBe(302);
  expect(problems()).toEqual([null]);
});

/** As the engine runs it, so that every request goes through all doors. */
async function run(parameters: JsonObject, more: object = {}) {
  const credentials = { auth: { type: 'oauth1', data } };
  const nodes = [
    node('start', 'manual-trigger'),
    node(
      'go',
      'http-request',
      { authentication: 'credential', ...parameters },
      {
        credentials: { auth: 'auth' },
        ...more,
      },
    ),
  ];
  const workflow = workflowSchema.parse({ name: 'w', nodes, edges: edges('start>go') });
  const code = { run: () => Promise.reject(new Error('not here')) };
  const {
    status,
    error,
    nodes: ran,
  } = await runLocally(workflow, {
    http: door,
    code,
    clock: realClock,
    credentials,
  });
  return { status, error, items: ran.go?.[0]?.[0]?.map(({ json }) => json) };
}

test('the node signs its query and its form', async () => {
  const { status } = await run({
    method: 'POST',
    url: `${api.url}/a?x=1`,
    query: [{ name: 'q', value: 'a b' }],
    body: 'form',
    formFields: [{ name: 'f', value: 'ü &' }],
  });
  expect([status, problems()]).toEqual(['completed', [null]]);
});

test('each page has a signature of its own', async () => {
  const { status, items } = await run({
    url: `${api.url}/list`,
    pages: 'parameters',
    pageParameters: [{ place: 'query', name: 'page', value: '{{ $pageCount + 1 }}' }],
    completeWhen: 'empty',
    maxPages: 3,
  });
  expect([status, items?.length, problems()]).toEqual(['completed', 3, [null, null, null]]);
  expect(new Set(api.verdicts.map(({ given }) => given.oauth_nonce)).size).toBe(3);
});

test('and so has each try', async () => {
  const retry = { maxAttempts: 3, delayMs: 1, backoff: 'fixed', jitter: false };
  const { status } = await run({ url: `${api.url}/flaky` }, { settings: { retry } });
  expect([status, problems()]).toEqual(['completed', [null, null]]);
});
