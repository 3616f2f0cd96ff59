import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
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
  [2, { options: { allowedOrigins: 'https://a.test' } }, {}, 'approximated'],
])('imports version %d with %j', (typeVersion, parameters, expected, status) => {
  const nodes = [{ name: 'N', type: 'n8n-nodes-base.webhook', typeVersion, position: [0, 0], parameters }];
  const { workflow, report } = importN8n({ nodes, connections: {} });
  expect(workflow.nodes[0]!.parameters).toMatchObject(expected);
  expect(report.nodes[0]!.status).toBe(status);
});
