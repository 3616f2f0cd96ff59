import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { respondToWebhookNode } from './execute.ts';

const items = [{ a: 1 }, { a: 2 }];

test.each<[JsonObject, object]>([
  [{}, { status: 200, kind: 'json', body: { a: 1 } }],
  [
    { respondWith: 'all-items', status: 201 },
    { status: 201, kind: 'json', body: items },
  ],
  [{ respondWith: 'all-items', options: { responseKey: 'data' } }, { body: { data: items } }],
  [
    { respondWith: 'json', json: '{"ok": true}' },
    { kind: 'json', body: { ok: true } },
  ],
  [
    { respondWith: 'text', text: 'hi', headers: [{ name: 'X-A', value: 'b' }] },
    { kind: 'text', body: 'hi', headers: { 'x-a': 'b' } },
  ],
  [
    { respondWith: 'redirect', redirectUrl: 'https://x.test' },
    { status: 307, kind: 'none', headers: { location: 'https://x.test' } },
  ],
  [
    { respondWith: 'no-data', status: 204 },
    { status: 204, kind: 'none', body: null },
  ],
])('%j', async (parameters, response) => {
  const result = await runNode(respondToWebhookNode, { parameters, items });
  expect(result.response).toMatchObject(response);
  expect(jsonOf(result)).toEqual(items);
});

const imported = (parameters: JsonObject) =>
  importN8n({
    nodes: [
      { name: 'R', type: 'n8n-nodes-base.respondToWebhook', typeVersion: 1.4, position: [0, 0], parameters },
      { name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 0], parameters: {} },
    ],
    connections: { R: { main: [[], [{ node: 'Next', type: 'main', index: 0 }]] } },
  });

test('says that a second output is lost', () => {
  const { workflow, report } = imported({ respondWith: 'noData', enableResponseOutput: true });
  expect(workflow.nodes[0]!.parameters).toMatchObject({ respondWith: 'no-data' });
  expect(workflow.edges).toEqual([]);
  expect(report.nodes[0]!.status).toBe('approximated');
});

test('says why a signed answer stays a placeholder', () => {
  expect(imported({ respondWith: 'jwt' }).report.nodes[0]).toMatchObject({
    status: 'placeholder',
    reason: expect.stringMatching(/signs/),
  });
});

const photo = { id: 'x', mimeType: 'image/png', sizeBytes: 3 };

test.each([
  [{ respondWith: 'binary' }, ''],
  [{ respondWith: 'binary', responseDataSource: 'set', inputFieldName: 'photo' }, 'photo'],
])('imports %j', async (parameters, file) => {
  const mapped = imported(parameters).workflow.nodes[0]!.parameters;
  expect({ file: '', ...mapped }).toMatchObject({ respondWith: 'file', file });
  const result = await runNode(respondToWebhookNode, {
    parameters: mapped,
    inputs: { main: [{ json: {}, files: { photo } }] },
  });
  expect(result.response).toMatchObject({ kind: 'file', body: photo });
});

test('names the file that is not there', async () => {
  const run = runNode(respondToWebhookNode, { parameters: { respondWith: 'file', file: 'scan' }, items });
  await expect(run).rejects.toThrow('Item 0 has no file “scan”.');
});
