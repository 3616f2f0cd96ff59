import { expect, test } from 'vitest';
import { importN8n } from './n8n-import.ts';

type Node = Record<string, unknown>;
const base = 'n8n-nodes-base.';
const node = (name: string, type: string, more: Node = {}): Node => ({
  name,
  type: type.includes('.') ? type : base + type,
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
  ...more,
});
const to = (...targets: (string | [string, number])[]) =>
  targets.map((t) =>
    typeof t === 'string' ? { node: t, type: 'main', index: 0 } : { node: t[0], type: 'main', index: t[1] },
  );
const edgesOf = (result: ReturnType<typeof importN8n>) =>
  result.workflow.edges.map((e) => `${e.from.node}.${e.from.port} > ${e.to.node}.${e.to.port}`);
const one = (type: string, parameters: Node, typeVersion = 1, more: Node = {}) => {
  const { workflow, report } = importN8n({
    nodes: [node('N', type, { parameters, typeVersion, ...more })],
    connections: {},
  });
  return { ...workflow.nodes[0]!, report: report.nodes[0]! };
};

const file = {
  name: 'Orders',
  nodes: [
    node('Start', 'manualTrigger', { id: 'a1' }),
    node('Größe ändern', 'noOp'),
    node('Größe ändern 2', 'noOp', { id: 'a1' }),
  ],
  connections: { Start: { main: [to('Größe ändern', 'Größe ändern 2'), null] } },
};

test.each([
  ['bare', file],
  ['in a list', [file]],
  ['as a workflow', { workflow: file }],
  ['as the public API gives it', { workflow: { workflow: file, name: 'Orders' } }],
  ['as data', { data: file }],
  ['as text', JSON.stringify(file)],
])('takes a file %s', (_name, input) => {
  const result = importN8n(input);
  expect(result.workflow.name).toBe('Orders');
  expect(result.workflow.nodes.map((n) => n.id)).toEqual(
    ['a1', 'große-andern', 'große-andern-2'].map((id) => id.replace('ß', '-')),
  );
  expect(edgesOf(result)).toEqual(['a1.main > gro-e-andern.main', 'a1.main > gro-e-andern-2.main']);
  expect(result.originals.a1).toMatchObject({ name: 'Start' });
});

test.each([[null], [5], ['{}'], [{ nodes: 'x' }], ['{oops']])('refuses %j with a sentence', (input) => {
  expect(() => importN8n(input)).toThrow(/^This is not/);
});

test('odd parts of a file are left out, not fatal', () => {
  const { workflow } = importN8n({
    nodes: [
      null,
      5,
      { name: 'x' },
      { type: 'a.b', position: 'here', parameters: [], id: 7, notes: 5 },
      node('y'.repeat(300), 'noOp'),
    ],
    connections: { b: 5, z: { main: 'no', ai_tool: [[5, { node: 5 }]] } },
    pinData: { b: 'no' },
    settings: 'no',
  });
  expect(workflow.nodes.map((n) => n.type)).toEqual(['placeholder', 'no-op']);
});

test('templates become ours, literal braces stay literal, and code is not touched', () => {
  const set = one(
    'set',
    {
      assignments: {
        assignments: [
          { name: 'a', type: 'string', value: '={{ $json.x }}!' },
          { name: 'b', type: 'string', value: '{{ no }}' },
        ],
      },
    },
    3.4,
  );
  expect(set.parameters.fields).toMatchObject([{ value: '{{ $json.x }}!' }, { value: '\\{{ no }}' }]);
  expect(one('code', { jsCode: 'return "{{ x }}"' }, 2).parameters.source).toBe('return "{{ x }}"');
});

test('settings of a node', () => {
  const more = {
    onError: 'continueErrorOutput',
    retryOnFail: true,
    maxTries: 9,
    executeOnce: true,
    alwaysOutputData: true,
    disabled: true,
    notes: 'hi',
  };
  expect(one('noOp', {}, 1, more)).toMatchObject({
    disabled: true,
    notes: 'hi',
    settings: {
      onError: 'error-port',
      executeOnce: true,
      alwaysOutput: true,
      retry: { maxAttempts: 5, delayMs: 1000, backoff: 'fixed', jitter: false },
    },
  });
  expect(one('code', {}, 2, { onError: 'continueRegularOutput' }).settings.onError).toBe('continue');
  expect(one('noOp', {}, 1, { continueOnFail: true }).settings).toMatchObject({
    onError: 'pass',
    retry: null,
  });
});

test('settings of the workflow', () => {
  const settings = (given: Node, orderDefault?: 'parallel') =>
    importN8n({ nodes: [], settings: given }, orderDefault && { orderDefault }).workflow.settings;
  expect(settings({})).toMatchObject({ order: 'sequential', timezone: 'UTC', timeoutMs: 0, saveData: 'all' });
  expect(settings({}, 'parallel').order).toBe('parallel');
  expect(
    settings({
      executionOrder: 'v0',
      timezone: 'Europe/Rome',
      executionTimeout: 60,
      saveDataSuccessExecution: 'none',
    }),
  ).toMatchObject({
    order: 'breadth-first',
    timezone: 'Europe/Rome',
    timeoutMs: 60_000,
    saveData: 'errors',
  });
});

test('pinned items, as items and as bare objects', () => {
  const nodes = [node('A', 'noOp'), node('B', 'noOp')];
  const binary = { data: { data: 'YWI=', mimeType: 'text/plain', fileName: 'a.txt' } };
  const { workflow } = importN8n({
    nodes,
    pinData: { A: [{ json: { x: 1 }, binary }], B: [{ y: 2 }], gone: [] },
  });
  expect(workflow.pinData).toEqual({
    a: [
      {
        json: { x: 1 },
        files: { data: { mimeType: 'text/plain', sizeBytes: 2, data: 'YWI=', name: 'a.txt' } },
      },
    ],
    b: [{ json: { y: 2 } }],
  });
});

test('output indexes become ports, by version', () => {
  const loop = (typeVersion: number) =>
    edgesOf(
      importN8n({
        nodes: [node('L', 'splitInBatches', { typeVersion }), node('X', 'noOp'), node('Y', 'noOp')],
        connections: { L: { main: [to('X'), to('Y')] } },
      }),
    );
  expect(loop(3)).toEqual(['l.done > x.main', 'l.loop > y.main']);
  expect(loop(2)).toEqual(['l.loop > x.main', 'l.done > y.main']);
});

test('the error output comes after a node’s own', () => {
  const nodes = [
    node('F', 'filter', { typeVersion: 2, onError: 'continueErrorOutput' }),
    node('M', 'merge', { typeVersion: 3 }),
  ];
  const result = importN8n({ nodes, connections: { F: { main: [to('M'), to(['M', 1])] } } });
  expect(edgesOf(result)).toEqual(['f.main > m.input1', 'f.error > m.input2']);
});

test('several rules of an old Switch may share an output, and so may what meets none', () => {
  const rules = {
    rules: [
      { operation: 'equal', value2: 1, output: 2 },
      { operation: 'larger', value2: 5, output: 2 },
    ],
  };
  const parameters = { value1: '={{ $json.n }}', rules, fallbackOutput: 2 };
  const result = importN8n({
    nodes: [node('S', 'switch', { parameters }), node('X', 'noOp')],
    connections: { S: { main: [[], [], to('X')] } },
  });
  expect(edgesOf(result)).toEqual(['s.output3 > x.main']);
  const never = { combinator: 'or', rows: [] };
  expect(result.workflow.nodes[0]!.parameters).toMatchObject({
    fallback: 'output',
    fallbackOutput: 2,
    rules: [
      { conditions: never },
      { conditions: never },
      {
        conditions: {
          combinator: 'or',
          loose: true,
          rows: [
            { left: '{{ $json.n }}', operator: 'number.equals', right: 1 },
            { left: '{{ $json.n }}', operator: 'number.gt', right: 5 },
          ],
        },
      },
      { conditions: never },
    ],
  });
});

test('unknown nodes keep everything and get the ports they need', () => {
  const rocket = node('Rocket', '@acme/n8n-nodes-acme.rocket', {
    parameters: { fuel: '={{ 1 }}' },
    credentials: { acmeApi: { id: '1', name: 'Acme' } },
  });
  const model = node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi');
  const result = importN8n({
    nodes: [node('In', 'acmeTrigger'), rocket, model, node('End', 'noOp')],
    connections: {
      In: { main: [to('Rocket', ['Rocket', 1])] },
      Rocket: { main: [[], to('End')] },
      Model: { ai_languageModel: [[{ node: 'Rocket', type: 'ai_languageModel', index: 0 }]] },
    },
  });
  expect(result.workflow.nodes.map((n) => n.type)).toEqual([
    'placeholder-trigger',
    'placeholder',
    'placeholder',
    'no-op',
  ]);
  expect(edgesOf(result)).toEqual([
    'in.main > rocket.input1',
    'in.main > rocket.input2',
    'rocket.output2 > end.main',
  ]);
  expect(result.workflow.nodes[1]!.parameters.original).toMatchObject({ parameters: { fuel: '={{ 1 }}' } });
  expect(result.workflow.nodes[2]!.parameters).toMatchObject({
    inputs: 0,
    outputs: 0,
    original: { connections: [{ to: 'Rocket' }] },
  });
  expect(result.report.nodes[1]).toEqual({
    name: 'Rocket',
    type: '@acme/n8n-nodes-acme.rocket',
    status: 'placeholder',
    reason: 'LinkFlow has no such node yet.',
  });
  expect(result.report.credentials).toEqual([{ node: 'Rocket', type: 'acmeApi', name: 'Acme' }]);
});

test('credentials are reported with our place and kind for them, and chosen where the caller has them', () => {
  const refer = (...types: string[]) => ({
    credentials: Object.fromEntries(types.map((type) => [type, { id: '1', name: `My ${type}` }])),
  });
  const nodes = [
    node('Call', 'httpRequest', {
      typeVersion: 4.2,
      parameters: { authentication: 'genericCredentialType', genericAuthType: 'httpBearerAuth' },
      ...refer('httpBearerAuth', 'slackApi'),
    }),
    node('Open', 'httpRequest', { typeVersion: 4.2, ...refer('httpBasicAuth') }),
    node('Mail', 'emailSend', { typeVersion: 2.1, ...refer('smtp') }),
  ];
  const result = importN8n({ nodes, connections: {} }, { credentials: { httpBearerAuth: {}, slackApi: {} } });
  expect(result.workflow.nodes.map(({ credentials }) => credentials)).toEqual([
    { auth: 'httpBearerAuth' },
    {},
    {},
  ]);
  expect(result.report.credentials).toEqual([
    { node: 'Call', type: 'httpBearerAuth', name: 'My httpBearerAuth', slot: 'auth', kind: 'bearer' },
    { node: 'Call', type: 'slackApi', name: 'My slackApi' },
    { node: 'Open', type: 'httpBasicAuth', name: 'My httpBasicAuth', kind: 'basic' },
    { node: 'Mail', type: 'smtp', name: 'My smtp', slot: 'account', kind: 'smtp' },
  ]);
});
