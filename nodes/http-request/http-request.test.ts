import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { HttpRequest } from '#engine/node.ts';
import { specOf } from '../define.ts';
import { type Answer, jsonOf, type NodeTest, runNode } from '../testing.ts';
import { httpRequest } from './definition.ts';
import { httpRequestNode } from './execute.ts';

const URL_ = 'https://api.test/orders';
async function sent(parameters: JsonObject): Promise<HttpRequest> {
  let seen: HttpRequest | undefined;
  await runNode(httpRequestNode, {
    parameters: { url: URL_, ...parameters },
    http: (request) => {
      seen = request;
      return { body: {} };
    },
  });
  return seen!;
}
const answered = (answer: Answer, options: JsonObject = {}) =>
  runNode(httpRequestNode, { parameters: { url: URL_, options }, http: () => answer });

test.each<[string, JsonObject, Partial<HttpRequest>]>([
  ['a plain GET', {}, { method: 'GET', url: URL_, headers: {}, timeoutMs: 300_000, followRedirects: true }],
  ['a proxy', { options: { proxy: 'http://p.test:3128' } }, { url: URL_, proxy: 'http://p.test:3128' }],
  ['a host without scheme', { url: 'api.test/x' }, { url: 'https://api.test/x' }],
  [
    'query and headers',
    {
      query: [
        { name: 'a', value: 1 },
        { name: 'a', value: 2 },
      ],
      headers: [{ name: 'X-Y', value: 'z' }],
    },
    {
      query: { a: ['1', '2'] },
      headers: { 'x-y': 'z' },
    },
  ],
  [
    'lists in the query',
    { query: [{ name: 'a', value: [1, 2] }], options: { queryArrays: 'brackets' } },
    { query: { 'a[]': ['1', '2'] } },
  ],
  [
    'query and headers of JSON',
    {
      queryAs: 'json',
      queryJson: '{"a": [1, {"b": 2}], "c": null}',
      headersAs: 'json',
      headersJson: { 'X-N': 5 },
      options: { queryArrays: 'indices' },
    },
    { query: { 'a[0]': '1', 'a[1]': '{"b":2}', c: '' }, headers: { 'x-n': '5' } },
  ],
  [
    'a JSON body, field by field',
    {
      method: 'POST',
      body: 'fields',
      bodyFields: [
        { name: 'n', type: 'number', value: '5' },
        { name: 'list', type: 'array', value: '[1]' },
        { name: '__proto__', type: 'string', value: 'x' },
      ],
    },
    { body: '{"n":5,"list":[1]}' },
  ],
  [
    'a JSON body',
    { method: 'POST', body: 'json', jsonBody: '{"a": 1}' },
    {
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'execution:n1:0:0' },
    },
  ],
  [
    'a form',
    {
      method: 'POST',
      body: 'form',
      formFields: [{ name: 'a', value: 'x y' }],
      headers: [{ name: 'Idempotency-Key', value: 'mine' }],
    },
    {
      body: 'a=x+y',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': 'mine' },
    },
  ],
  ['text', { method: 'PUT', body: 'raw', rawBody: '<a/>', contentType: 'text/xml' }, { body: '<a/>' }],
])('sends %s', async (_name, parameters, expected) => expect(await sent(parameters)).toMatchObject(expected));

test('a multipart form is the same byte for byte when it is repeated', async () => {
  const parameters = { method: 'POST', body: 'multipart', formFields: [{ name: 'a"b', value: '1' }] };
  const [first, second] = [await sent(parameters), await sent(parameters)];
  expect(first.body).toBe(second.body);
  expect(first.body).toContain('name="a%22b"\r\n\r\n1\r\n');
});

test.each<[string, Answer, JsonObject, JsonObject[]]>([
  ['an object', { body: { a: 1 } }, {}, [{ a: 1 }]],
  ['a list', { body: [{ a: 1 }, 5] }, {}, [{ a: 1 }, { data: 5 }]],
  ['a list in a field', { body: [{ a: 1 }] }, { listAs: 'field' }, [{ data: [{ a: 1 }] }]],
  ['a list as it is', { body: [{ a: 1 }] }, { listAs: 'whole' }, [[{ a: 1 }] as unknown as JsonObject]],
  ['text', { body: 'hi' }, { responseField: 'out' }, [{ out: 'hi' }]],
  ['JSON by force', { body: '{"a":1}' }, { responseFormat: 'json' }, [{ a: 1 }]],
  [
    'an old charset',
    { body: new Uint8Array([0xe9]), headers: { 'content-type': 'text/plain; charset="ISO-8859-1"' } },
    {},
    [{ data: 'é' }],
  ],
  ['no body', { body: '', headers: { 'content-type': 'application/json' } }, {}, [{}]],
  ['a refused call, if told so', { status: 404, body: { no: 1 } }, { neverError: true }, [{ no: 1 }]],
  [
    'all of it',
    { body: [1] },
    { fullResponse: true },
    [{ body: [1], headers: { 'content-type': 'application/json' }, statusCode: 200, statusMessage: 'OK' }],
  ],
])('reads %s', async (_name, answer, options, expected) =>
  expect(jsonOf(await answered(answer, options))).toEqual(expected),
);

test('a file is kept as bytes with its name', async () => {
  const headers = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a b.png"' };
  const { outputs } = await answered({ body: new Uint8Array([1, 2, 3]), headers });
  expect(outputs.main![0]!.files).toEqual({
    data: { name: 'a b.png', mimeType: 'image/png', sizeBytes: 3, data: 'AQID' },
  });
});

test.each<[Answer, JsonObject]>([
  [{ status: 401 }, { kind: 'auth', status: 401, retryable: false }],
  [
    { status: 404, body: 'gone' },
    { kind: 'upstream', status: 404, retryable: false, detail: 'gone' },
  ],
  [
    { status: 429, headers: { 'retry-after': '3' } },
    { kind: 'upstream', retryable: true, retryAfterMs: 3000 },
  ],
  [
    { status: 503, headers: { 'retry-after': 'Fri, 02 Jan 2026 03:04:15 GMT' } },
    { retryable: true, retryAfterMs: 10_000 },
  ],
])('fails on %j', async (answer, data) => {
  await expect(answered(answer)).rejects.toMatchObject({ data });
});

test.each(['not a url', 'ftp://x.test', ''])('refuses the address “%s”', async (url) => {
  await expect(sent({ url })).rejects.toMatchObject({ data: { kind: 'config', field: 'url' } });
});

test('requests run at the same time, but no more than allowed, and no new one begins after a failure', async () => {
  let running = 0;
  let most = 0;
  let calls = 0;
  const run = runNode(httpRequestNode, {
    parameters: (_item, i) => ({ url: `${URL_}/${i}`, options: { concurrency: 2 } }),
    items: Array.from({ length: 10 }, () => ({})),
    http: async ({ url }) => {
      calls++;
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      return { status: url.endsWith('/3') ? 500 : 200, body: {} };
    },
  });
  await expect(run).rejects.toMatchObject({ data: { itemIndex: 3 } });
  expect(most).toBe(2);
  expect(calls).toBeLessThan(6);
});

test.each<[string, JsonObject]>([
  ['a query', { queryAs: 'json', queryJson: '[1]' }],
  ['headers', { headersAs: 'json', headersJson: 5 }],
])('refuses %s that is no object', async (_name, parameters) => {
  await expect(sent(parameters)).rejects.toMatchObject({ data: { kind: 'config' } });
});

test.each<[NonNullable<NodeTest['settings']>['onError'], string]>([
  ['continue', 'main'],
  ['pass', 'main'],
  ['error-port', 'error'],
])('with %s a failure goes on as an object', async (onError, port) => {
  const result = await runNode(httpRequestNode, {
    parameters: (_item, i) => ({ url: `${URL_}/${i}`, options: { errorDetails: true } }),
    items: [{ n: 0 }, { n: 1 }],
    settings: { onError },
    http: ({ url }) => (url.endsWith('/1') ? { status: 404, body: 'gone' } : { body: { ok: true } }),
  });
  const error = { status: 404, httpCode: '404', description: 'gone', kind: 'upstream' };
  const failed = jsonOf(result, port).find((json) => 'error' in json);
  expect(failed!.error).toMatchObject({ ...error, message: expect.stringContaining('404') });
  expect(failed!.n).toBe(port === 'error' ? 1 : undefined);
  expect(jsonOf(result)).toContainEqual({ ok: true });
  expect(jsonOf(result, 'main').length + jsonOf(result, 'error').length).toBe(2);
});

test('only methods that are written out and safe count as reading', () => {
  const { effect } = specOf(httpRequest as unknown as Parameters<typeof specOf>[0]);
  expect([{}, { method: 'HEAD' }, { method: 'POST' }, { method: '{{ $json.m }}' }].map(effect)).toEqual([
    'read',
    'read',
    'write',
    'write',
  ]);
});
