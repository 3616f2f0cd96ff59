import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { exportN8n } from '../n8n-export.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { webhookTriggerNode } from './execute.ts';

test('passes its items on', async () => {
  expect(jsonOf(await runNode(webhookTriggerNode, { items: [{ a: 1 }, {}] }))).toEqual([{ a: 1 }, {}]);
});

test.each<[number, JsonObject, JsonObject, string]>([
  [
    1,
    { path: 'a', httpMethod: 'POST', responseCode: 201 },
    { httpMethod: 'POST', responseStatus: 201 },
    'mapped',
  ],
  [2, { options: { responseCode: { values: { responseCode: 204 } } } }, { responseStatus: 204 }, 'mapped'],
  [
    2.1,
    { options: { responseCode: { values: { responseCode: 'customCode', customCode: 299 } } } },
    { httpMethod: 'GET', responseStatus: 299 },
    'mapped',
  ],
  [
    2,
    { options: { responseCode: { values: { responseCode: 'teapot' } } } },
    { responseStatus: 200 },
    'mapped',
  ],
  [2, { options: { noResponseBody: true } }, { respond: 'immediately', options: { noBody: true } }, 'mapped'],
  [
    2,
    { responseMode: 'lastNode', options: { responsePropertyName: 'x' } },
    { respond: 'last-node', responseField: 'x' },
    'mapped',
  ],
  [
    2,
    { responseMode: 'lastNode', responseData: 'firstEntryBinary' },
    { respondWith: 'first-file', responseFile: 'data' },
    'mapped',
  ],
  [
    2,
    { options: { allowedOrigins: 'https://a.test' } },
    { options: { allowedOrigins: 'https://a.test' } },
    'mapped',
  ],
  [2, {}, { options: { allowedOrigins: '*' } }, 'mapped'],
  [2, { authentication: 'basicAuth' }, { authentication: 'basic' }, 'mapped'],
  [2, { authentication: 'headerAuth' }, { authentication: 'header' }, 'mapped'],
  [2, { authentication: 'jwtAuth' }, { authentication: 'jwt' }, 'mapped'],
  [2, { authentication: 'palmReading' }, {}, 'approximated'],
  [2, { path: 'orders/:id' }, { options: { path: 'orders/:id' } }, 'mapped'],
  [2, { path: '={{ $env.PATH }}/:id' }, {}, 'approximated'],
  [2, { options: { rawBody: true } }, { options: { rawBodyFile: true } }, 'mapped'],
  [
    2,
    { multipleMethods: true, httpMethod: ['PUT', 'GET'] },
    { httpMethod: 'several', methods: [{ method: 'PUT' }, { method: 'GET' }] },
    'mapped',
  ],
])('imports version %d with %j', (typeVersion, parameters, expected, status) => {
  const nodes = [{ name: 'N', type: 'n8n-nodes-base.webhook', typeVersion, position: [0, 0], parameters }];
  const { workflow, report } = importN8n({ nodes, connections: {} });
  expect(workflow.nodes[0]!.parameters).toMatchObject(expected);
  expect(report.nodes[0]!.status).toBe(status);
});

test('with several methods, a call leaves by the output of its own', async () => {
  const parameters = { httpMethod: 'several', methods: [{ method: 'GET' }, { method: 'PUT' }] };
  const ran = (json: JsonObject) => runNode(webhookTriggerNode, { parameters, items: [json] });
  expect(jsonOf(await ran({ method: 'PUT' }), 'put')).toEqual([{ method: 'PUT' }]);
  expect(jsonOf(await ran({ method: 'GET' }), 'get')).toEqual([{ method: 'GET' }]);
  expect(Object.keys((await ran({ method: '__proto__' })).outputs)).toEqual(['get']);
});

test('says who may call in the words of n8n, and has its several outputs in their order', () => {
  const parameters = {
    httpMethod: 'several',
    methods: [{ method: 'PUT' }, { method: 'GET' }],
    authentication: 'header',
    options: { path: 'orders/:id', allowedOrigins: 'https://a.test' },
  };
  const workflow = workflowSchema.parse({
    name: 'W',
    nodes: [
      { id: 'w', name: 'W', type: 'webhook-trigger', parameters },
      { id: 'n', name: 'N', type: 'no-op' },
    ],
    edges: [{ from: { node: 'w', port: 'get' }, to: { node: 'n' } }],
  });
  const { file } = exportN8n(workflow);
  expect(file.nodes[0]).toMatchObject({
    parameters: {
      path: 'orders/:id',
      multipleMethods: true,
      httpMethod: ['PUT', 'GET'],
      authentication: 'headerAuth',
      options: { allowedOrigins: 'https://a.test' },
    },
  });
  const back = importN8n(file).workflow;
  expect(back.nodes[0]!.parameters).toMatchObject(parameters);
  expect(back.edges[0]!.from.port).toBe('get');
});
