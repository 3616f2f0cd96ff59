import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { HttpRequest } from '#engine/node.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { specOf } from '../define.ts';
import { exportN8n } from '../n8n-export.ts';
import { importN8n } from '../n8n-import.ts';
import { type Answer, jsonOf, runNode } from '../testing.ts';
import { graphql } from './definition.ts';
import { graphqlNode } from './execute.ts';

const base = { endpoint: 'https://api.test/graphql', query: '{ a }' };
async function ask(parameters: JsonObject, answer: Answer = { body: { data: { a: 1 } } }) {
  const sent: HttpRequest[] = [];
  const result = await runNode(graphqlNode, {
    parameters: { ...base, ...parameters },
    http: (request) => {
      sent.push(request);
      return answer;
    },
  });
  return { json: jsonOf(result), sent: sent[0]! };
}

test.each<[string, JsonObject, Partial<HttpRequest>]>([
  [
    'JSON',
    { variables: { id: 1 }, operationName: 'A' },
    {
      method: 'POST',
      body: '{"query":"{ a }","variables":{"id":1},"operationName":"A"}',
      headers: { 'content-type': 'application/json' },
    },
  ],
  ['JSON without variables', {}, { body: '{"query":"{ a }","variables":{},"operationName":null}' }],
  [
    'bare text',
    { options: { format: 'graphql' }, headers: [{ name: 'X-Key', value: 'k' }] },
    { body: '{ a }', headers: { 'content-type': 'application/graphql', 'x-key': 'k' } },
  ],
  [
    'a GET',
    { method: 'GET', variables: '{"id": 1}' },
    { method: 'GET', query: { query: '{ a }', variables: '{"id":1}' } },
  ],
  [
    'a mutation with a key that stays the same',
    { query: 'mutation { b }' },
    { headers: { 'content-type': 'application/json', 'idempotency-key': 'execution:n1:0:0' } },
  ],
])('sends %s', async (_name, parameters, expected) => {
  const { sent, json } = await ask(parameters);
  expect(sent).toMatchObject(expected);
  expect(json).toEqual([{ data: { a: 1 } }]);
});

test('proves itself with a credential', async () => {
  const sent: HttpRequest[] = [];
  await runNode(graphqlNode, {
    parameters: { ...base, authentication: 'credential' },
    credentials: { auth: { type: 'bearer', data: { token: 't' } } },
    http: (request) => {
      sent.push(request);
      return { body: { data: {} } };
    },
  });
  expect(sent[0]!.headers).toMatchObject({ authorization: 'Bearer t' });
});

test('goes back to n8n with the kind of credential that it came with', () => {
  const exported = (parameters: JsonObject) => {
    const nodes = [{ id: 'n', name: 'N', type: 'graphql', parameters: { ...base, ...parameters } }];
    const { file, report } = exportN8n(workflowSchema.parse({ name: 'W', nodes }));
    return [file.nodes[0]!.parameters.authentication, report.nodes[0]!.reason];
  };
  const authentication = 'credential';
  expect(exported({ authentication, credentialType: 'httpHeaderAuth' })).toEqual([
    'headerAuth',
    'Connect its credential in n8n: secrets do not go along.',
  ]);
  expect(exported({ authentication })).toEqual([
    undefined,
    'Choose its authentication in n8n and connect its credential: secrets do not go along.',
  ]);
});

test('gives text, or errors beside the data, if wanted', async () => {
  expect((await ask({ options: { responseFormat: 'text' } }, { body: 'hi' })).json).toEqual([{ data: 'hi' }]);
  const body = { data: null, errors: [{ message: 'no' }] };
  expect((await ask({ options: { keepErrors: true } }, { body })).json).toEqual([body]);
});

test.each<[string, JsonObject, Answer, object]>([
  [
    'errors in the answer',
    {},
    { body: { errors: [{ message: 'no such field' }, { code: 1 }] } },
    { kind: 'upstream', message: 'no such field, {"code":1}', retryable: false },
  ],
  ['errors with a status', {}, { status: 400, body: { errors: [{ message: 'bad' }] } }, { message: 'bad' }],
  ['a status', {}, { status: 503 }, { kind: 'upstream', status: 503, retryable: true }],
  ['an answer that is no JSON', {}, { body: '<html>' }, { kind: 'upstream', detail: '<html>' }],
  ['a missing credential', { authentication: 'credential' }, {}, { kind: 'auth', field: 'credentials.auth' }],
  ['a bad address', { endpoint: 'nowhere' }, {}, { kind: 'config', field: 'endpoint' }],
  ['broken variables', { variables: '{' }, {}, { kind: 'config', field: 'variables' }],
])('fails on %s', async (_name, parameters, answer, data) => {
  await expect(ask(parameters, answer)).rejects.toMatchObject({ data });
});

test('a query that is written out reads', () => {
  const { effect } = specOf(graphql as unknown as Parameters<typeof specOf>[0]);
  expect(effect({ query: 'query { a }' })).toBe('read');
  expect(effect({ query: 'mutation { a }' })).toBe('write');
  expect(effect({ query: '{{ $json.q }}' })).toBe('write');
  expect(effect({ method: 'GET', query: '{{ $json.q }}' })).toBe('read');
});

test.each<[number, JsonObject, JsonObject, string]>([
  [1, { endpoint: 'e', query: 'q' }, { method: 'POST', options: { format: 'graphql' } }, 'mapped'],
  [
    1.1,
    {
      endpoint: 'e',
      query: 'q',
      variables: '={{ $json.v }}',
      responseFormat: 'string',
      headerParametersUi: { parameter: [{ name: 'a', value: 'b' }] },
    },
    {
      variables: '{{ $json.v }}',
      headers: [{ name: 'a', value: 'b' }],
      options: { responseFormat: 'text' },
    },
    'mapped',
  ],
  [
    1,
    { authentication: 'headerAuth', requestFormat: 'json' },
    { authentication: 'credential', credentialType: 'httpHeaderAuth', options: {} },
    'mapped',
  ],
  [1.1, { authentication: 'oAuth1' }, { credentialType: 'oAuth1Api' }, 'mapped'],
])('imports version %d with %j', (typeVersion, parameters, expected, status) => {
  const nodes = [{ name: 'N', type: 'n8n-nodes-base.graphql', typeVersion, position: [0, 0], parameters }];
  const { workflow, report } = importN8n({ nodes, connections: {} });
  expect(workflow.nodes[0]!.parameters).toMatchObject(expected);
  expect(report.nodes[0]!.status).toBe(status);
});
