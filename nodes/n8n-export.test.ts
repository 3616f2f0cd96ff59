import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { definitions } from './definitions.ts';
import { exporters } from './exporters.ts';
import { importers } from './importers.ts';
import { exportN8n } from './n8n-export.ts';
import { importN8n } from './n8n-import.ts';

type Values = Record<string, unknown>;
const base = 'n8n-nodes-base.';
const here = import.meta.dirname;

const exportOurs = (workflow: Partial<WorkflowInput>) =>
  exportN8n(workflowSchema.parse({ name: 'W', ...workflow }));
const ours = (id: string, type: string, parameters: Values = {}, more: Values = {}) => ({
  id,
  name: id,
  type,
  parameters,
  ...more,
});
const edge = (from: string, to: string, port = 'main', input = 'main') => ({
  from: { node: from, port },
  to: { node: to, port: input },
});
const one = (type: string, parameters: Values = {}, more: Values = {}) => {
  const { file, report } = exportOurs({ nodes: [ours('N', type, parameters, more)] });
  return { ...file.nodes[0]!, report: report.nodes[0]! };
};

describe('the registry of exporters', () => {
  const folders = readdirSync(here).filter((name) => existsSync(join(here, name, 'definition.ts')));
  test('knows every translation to n8n', () => {
    const translated = folders.filter((folder) => existsSync(join(here, folder, 'export-n8n.ts')));
    expect(Object.keys(exporters).sort()).toEqual(translated.sort());
  });

  test('has a way out for every way in', () => {
    const onlyIn = Object.keys(importers).filter((type) => !Object.hasOwn(exporters, type));
    expect(onlyIn).toEqual([]);
  });

  test.each(
    definitions.flatMap(({ type, operations }) =>
      Object.keys(operations).map((operation) => [type, operation]),
    ),
  )('a new %s (%s) comes back as what it was, or is said to be lost', (type, operation) => {
    const parameters = operation === 'default' ? {} : { operation };
    const { file, report } = exportOurs({ nodes: [ours('N', type!, parameters)] });
    const [verdict] = report.nodes;
    const back = importN8n(file).workflow.nodes[0]!;
    if (verdict!.status !== 'missing') expect(back.type).toBe(type);
    else
      expect([back.type, file.nodes[0]!.notes]).toEqual(['no-op', expect.stringContaining(verdict!.reason!)]);
    if (verdict!.status !== 'mapped') expect(verdict!.reason).toMatch(/\.$/);
  });
});

const n8nFile = {
  name: 'Round trip',
  nodes: [
    {
      id: 'a',
      name: 'Start',
      type: `${base}manualTrigger`,
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    },
    {
      id: 'b',
      name: 'Loop',
      type: `${base}splitInBatches`,
      typeVersion: 3,
      position: [200, 0],
      parameters: { batchSize: 5, options: {} },
    },
    {
      id: 'c',
      name: 'Ask the model',
      type: '@n8n/n8n-nodes-langchain.agent',
      typeVersion: 1.7,
      position: [400, 100],
      parameters: { text: '={{ $json.question }}' },
      retryOnFail: true,
      maxTries: 4,
      waitBetweenTries: 2000,
      onError: 'continueErrorOutput',
    },
    {
      id: 'd',
      name: 'Model',
      type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
      typeVersion: 1,
      position: [400, 300],
      parameters: { model: 'gpt' },
      credentials: { openAiApi: { id: '7', name: 'Mine' } },
    },
    {
      id: 'e',
      name: 'Route',
      type: `${base}switch`,
      typeVersion: 3.2,
      position: [600, 0],
      disabled: true,
      notes: 'By kind',
      executeOnce: true,
      alwaysOutputData: true,
      parameters: {
        rules: {
          values: [
            {
              outputKey: 'first',
              renameOutput: true,
              conditions: {
                options: { caseSensitive: false, typeValidation: 'strict', version: 2 },
                combinator: 'or',
                conditions: [
                  {
                    leftValue: '={{ $json.kind }}',
                    rightValue: 'a',
                    operator: { type: 'string', operation: 'equals' },
                  },
                  {
                    leftValue: '={{ $json.x }}',
                    operator: { type: 'array', operation: 'empty', singleValue: true },
                  },
                ],
              },
            },
          ],
        },
        options: { fallbackOutput: 'extra' },
      },
    },
    { id: 'f', name: 'End', type: `${base}noOp`, typeVersion: 1, position: [800, 0], parameters: {} },
  ],
  connections: {
    Start: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
    Loop: {
      main: [
        [{ node: 'Route', type: 'main', index: 0 }],
        [{ node: 'Ask the model', type: 'main', index: 0 }],
      ],
    },
    'Ask the model': {
      main: [[{ node: 'Loop', type: 'main', index: 0 }], [{ node: 'End', type: 'main', index: 0 }]],
    },
    Model: { ai_languageModel: [[{ node: 'Ask the model', type: 'ai_languageModel', index: 0 }]] },
    Route: { main: [[], [{ node: 'End', type: 'main', index: 0 }]] },
  },
  settings: {
    executionOrder: 'v0',
    timezone: 'Europe/Rome',
    executionTimeout: 90,
    saveDataSuccessExecution: 'none',
  },
  pinData: {
    Start: [
      { json: { a: 1 }, binary: { data: { data: 'aGk=', mimeType: 'text/plain', fileName: 'a.txt' } } },
    ],
  },
};

describe('what came from n8n', () => {
  const { workflow } = importN8n(n8nFile);
  const { file, report } = exportN8n(workflow);

  test('comes back the same', () => {
    expect(importN8n(file).workflow).toEqual(workflow);
    expect(report.nodes.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'mapped'));
    expect(report.workflow).toEqual([]);
  });

  test('has its connections, settings and pinned items in the file', () => {
    expect(JSON.parse(JSON.stringify(file.connections))).toEqual(n8nFile.connections);
    expect(file.settings).toEqual(n8nFile.settings);
    expect(file.pinData).toEqual(n8nFile.pinData);
  });

  test('placeholders are exactly the nodes that they keep', () => {
    expect(file.nodes[2]).toEqual(n8nFile.nodes[2]);
    expect(file.nodes[3]).toEqual(n8nFile.nodes[3]);
  });

  test('a placeholder takes along what was changed here', () => {
    const nodes = workflow.nodes.map((node) =>
      node.id === 'c' ? { ...node, name: 'Agent', disabled: true, position: { x: 1, y: 2 } } : node,
    );
    const changed = exportN8n({ ...workflow, nodes }).file;
    expect(changed.nodes[2]).toMatchObject({ name: 'Agent', disabled: true, position: [1, 2], maxTries: 4 });
    expect(changed.connections.Model).toEqual({
      ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]],
    });
  });

  test('a model without its agent is said to hang on nothing', () => {
    const nodes = workflow.nodes.filter((node) => node.id !== 'c');
    const { report: without } = exportN8n({ ...workflow, nodes, edges: [] });
    expect(without.nodes[2]).toMatchObject({
      status: 'approximated',
      reason: expect.stringContaining('hung on'),
    });
  });
});

test('odd parameters never keep a workflow from leaving', () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      0,
      -1,
      true,
      [],
      {},
      [null, 5, [], {}],
      '{{',
      '={{ 1 }}',
      'constructor',
      '__proto__',
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const fieldsOf = ({ operations }: (typeof definitions)[number]) => [
    ...new Set(Object.values(operations).flatMap(({ fields }) => Object.keys(fields))),
  ];
  const node = fc.constantFrom(...definitions).chain((definition) => {
    const names = Object.keys(definition.operations);
    return fc
      .record({
        operation: names.length > 1 ? fc.constantFrom(...names) : fc.constant(undefined),
        values: fc.dictionary(fc.constantFrom(...fieldsOf(definition), 'options'), odd),
      })
      .map(({ operation, values }) =>
        ours('N', definition.type, { ...values, ...(operation ? { operation } : {}) }),
      );
  });
  fc.assert(
    fc.property(node, (given) => {
      const { file, report } = exportOurs({ nodes: [given] });
      expect(report.nodes).toHaveLength(1);
      expect(importN8n(JSON.stringify(file)).workflow.nodes).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

describe('what n8n cannot say', () => {
  test('is told by the labels of the fields', () => {
    const code = one('code', { source: 'return []', options: { timeoutMs: 500 } });
    expect(code).toMatchObject({ type: `${base}code`, parameters: { jsCode: 'return []' } });
    expect(code.report).toMatchObject({
      status: 'approximated',
      reason: 'Different in n8n: Time limit (ms).',
    });
  });

  test('settings of a node', () => {
    const retry = { maxAttempts: 9, delayMs: 60_000, backoff: 'exponential' };
    const node = one('no-op', {}, { settings: { retry, timeoutMs: 5 } });
    expect(node).toMatchObject({ retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 });
    expect(node.report.reason).toBe('Different in n8n: Time limit, How often and when it tries again.');
  });

  test('settings of the workflow', () => {
    const settings = {
      errorWorkflowId: 'x',
      concurrency: 1,
      priority: 'high',
      tier: 'heavy',
      timeoutMs: 1500,
    } as const;
    const { file, report } = exportOurs({ settings });
    expect(file.settings).toMatchObject({ executionOrder: 'v1', executionTimeout: 2, timezone: 'UTC' });
    expect(report.workflow).toHaveLength(6);
  });

  test('nodes that it does not know do nothing there and say what they were', () => {
    const { file, report } = exportOurs({
      nodes: [ours('V', 'vote', {}, { notes: 'Three of five' }), ours('A', 'no-op'), ours('B', 'no-op')],
      edges: [edge('V', 'A'), edge('V', 'B', 'nowhere')],
    });
    expect(file.nodes[0]).toMatchObject({ type: `${base}noOp`, notesInFlow: true });
    expect(file.nodes[0]!.notes).toMatch(/^This was the node “.+” of LinkFlow\. .*\n\nThree of five$/s);
    expect(report.nodes[0]).toMatchObject({
      status: 'missing',
      reason: expect.stringContaining('“B” has no place'),
    });
  });

  test('files that are stored here stay here', () => {
    const stored = { id: 'files/1', mimeType: 'text/plain', sizeBytes: 2 };
    const { file, report } = exportOurs({
      nodes: [ours('N', 'no-op')],
      pinData: { N: [{ json: { a: 1 }, files: { data: stored } }], gone: [] },
    });
    expect(file.pinData).toEqual({ N: [{ json: { a: 1 } }] });
    expect(report.workflow).toContainEqual(expect.stringContaining('1 files'));
  });

  test('what a filter drops goes on by an If', () => {
    const nodes = [ours('F', 'filter', { conditions: { combinator: 'and', rows: [] } }), ours('A', 'no-op')];
    const kept = exportOurs({ nodes, edges: [edge('F', 'A')] });
    expect(kept.file.nodes[0]).toMatchObject({ type: `${base}filter` });
    const both = exportOurs({ nodes, edges: [edge('F', 'A', 'discarded')] });
    expect(both.file.nodes[0]).toMatchObject({ type: `${base}if` });
    expect(both.file.connections).toEqual({ F: { main: [[], [{ node: 'A', type: 'main', index: 0 }]] } });
    expect(both.report.nodes[0]).toMatchObject({
      status: 'approximated',
      reason: expect.stringMatching(/^It became an If/),
    });
  });
});

test('names are unique there', () => {
  const { file } = exportOurs({
    nodes: [ours('a', 'no-op', {}, { name: 'Same' }), ours('b', 'no-op', {}, { name: 'Same' })],
    edges: [edge('b', 'a')],
  });
  expect(file.nodes.map(({ name }) => name)).toEqual(['Same', 'Same 2']);
  expect(Object.keys(file.connections)).toEqual(['Same 2']);
});

test('secrets do not go along', () => {
  const parameters = { url: 'u', authentication: 'credential' };
  const node = one('http-request', parameters, { credentials: { auth: 'id-of-ours' } });
  expect(JSON.stringify(node)).not.toContain('id-of-ours');
  expect(node.parameters).toMatchObject({ authentication: 'genericCredentialType' });
  expect(node.parameters).not.toHaveProperty('genericAuthType');
  expect(node.report).toMatchObject({
    status: 'approximated',
    reason: 'Connect its credential in n8n: secrets do not go along.',
  });
  const back = one('http-request', { ...parameters, credentialType: 'httpBearerAuth' });
  expect(back.parameters).toMatchObject({ genericAuthType: 'httpBearerAuth' });
});
