import { expect, test } from 'vitest';
import { nodeCatalog } from './definitions.ts';
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
  expect(one('noOp', {}, 1, { continueOnFail: true }).settings).toMatchObject({
    onError: 'continue',
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
  const nodes = [
    node('S', 'switch', { parameters: { value1: '={{ $json.n }}', rules, fallbackOutput: 2 } }),
    node('X', 'noOp'),
  ];
  const result = importN8n({ nodes, connections: { S: { main: [[], [], to('X')] } } });
  expect(edgesOf(result)).toEqual(['s.output1 > x.main', 's.output2 > x.main', 's.fallback > x.main']);
  expect(result.workflow.nodes[0]!.parameters.rules).toMatchObject([
    { conditions: { loose: true, rows: [{ left: '{{ $json.n }}', operator: 'number.equals', right: 1 }] } },
    { conditions: { rows: [{ operator: 'number.gt', right: 5 }] } },
  ]);
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

test.each<[string, number, Node, string, Node]>([
  [
    'set',
    1,
    { values: { number: [{ name: 'n' }], string: [{ name: 's', value: 'x' }] }, keepOnlySet: true },
    'set',
    {
      fields: [
        { name: 'n', value: 0 },
        { name: 's', value: 'x' },
      ],
      includeOther: 'none',
    },
  ],
  [
    'set',
    3,
    { fields: { values: [{ name: 'b', type: 'booleanValue' }] }, include: 'selected', includeFields: 'a' },
    'set',
    { fields: [{ name: 'b', type: 'boolean', value: true }], includeOther: 'selected', otherFields: 'a' },
  ],
  [
    'set',
    3.4,
    { mode: 'raw', jsonOutput: '={"a": {{ 1 }} }' },
    'set',
    { mode: 'json', json: '{"a": {{ 1 }} }', includeOther: 'none' },
  ],
  [
    'if',
    1,
    { conditions: { string: [{ value1: 'a', operation: 'isEmpty' }] }, combineOperation: 'any' },
    'if',
    { conditions: { combinator: 'or', loose: true, rows: [{ left: 'a', operator: 'string.empty' }] } },
  ],
  [
    'if',
    2.2,
    {
      conditions: {
        combinator: 'or',
        options: { caseSensitive: false, typeValidation: 'loose' },
        conditions: [{ leftValue: 1, rightValue: 2, operator: { type: 'number', operation: 'gte' } }],
      },
    },
    'if',
    {
      conditions: {
        combinator: 'or',
        ignoreCase: true,
        loose: true,
        rows: [{ left: 1, operator: 'number.gte', right: 2 }],
      },
    },
  ],
  [
    'switch',
    3.2,
    {
      rules: { values: [{ outputKey: 'A' }] },
      options: { fallbackOutput: 'extra', allMatchingOutputs: true },
    },
    'switch',
    { rules: [{ name: 'A' }], fallback: 'extra', options: { allMatching: true } },
  ],
  ['merge', 1, { mode: 'mergeByIndex', join: 'inner' }, 'merge', { mode: 'position', unpaired: 'drop' }],
  [
    'merge',
    2.1,
    { mode: 'combine', mergeByFields: { values: [{ field1: 'a', field2: 'b' }] }, joinMode: 'enrichInput1' },
    'merge',
    { mode: 'fields', match: [{ field1: 'a', field2: 'b' }], keep: 'enrich-input1' },
  ],
  [
    'merge',
    3,
    {
      mode: 'combine',
      fieldsToMatchString: 'a, b',
      options: { clashHandling: { values: { resolveClash: 'addSuffix' } } },
    },
    'merge',
    {
      match: [
        { field1: 'a', field2: 'a' },
        { field1: 'b', field2: 'b' },
      ],
      clash: 'suffix',
    },
  ],
  [
    'merge',
    3,
    { mode: 'chooseBranch', useDataOfInput: '2', numberInputs: 3 },
    'merge',
    { mode: 'choose-branch', branchInput: 2, inputs: 3 },
  ],
  [
    'itemLists',
    2,
    {
      fieldToSplitOut: 'a',
      include: 'selectedOtherFields',
      fieldsToInclude: { fields: [{ fieldName: 'b' }] },
    },
    'split-out',
    { fields: 'a', include: 'selected', otherFields: 'b' },
  ],
  [
    'itemLists',
    3,
    { operation: 'concatenateItems', fieldsToAggregate: { fieldToAggregate: [{ fieldToAggregate: 'a' }] } },
    'aggregate',
    { fields: [{ name: 'a' }] },
  ],
  [
    'aggregate',
    1,
    { aggregate: 'aggregateAllItemData', include: 'allFieldsExcept', fieldsToExclude: 'x' },
    'aggregate',
    { mode: 'all', destination: 'data', include: 'except', includeFields: 'x' },
  ],
  ['splitInBatches', 1, {}, 'loop', { batchSize: 10 }],
  ['wait', 1, {}, 'wait', { amount: 1, unit: 'hours' }],
  ['wait', 1.1, {}, 'wait', { amount: 5, unit: 'seconds' }],
  ['wait', 1.1, { resume: 'webhook' }, 'placeholder', { reason: 'It waits for a call to its address.' }],
  ['code', 2, { mode: 'runOnceForEachItem', jsCode: 'x' }, 'code', { mode: 'each-item', source: 'x' }],
  ['code', 2, { language: 'python' }, 'placeholder', { reason: 'Its code is in python.' }],
  [
    'webhook',
    2,
    { httpMethod: 'POST', responseMode: 'lastNode', responseData: 'allEntries' },
    'webhook-trigger',
    { httpMethod: 'POST', respond: 'last-node', respondWith: 'all-items' },
  ],
  [
    'scheduleTrigger',
    1.2,
    {
      rule: {
        interval: [
          { field: 'weeks', triggerAtDay: [1, 5], triggerAtHour: 9 },
          { field: 'cronExpression', expression: '=0 9 * * *' },
        ],
      },
    },
    'schedule-trigger',
    {
      rules: [
        { unit: 'weeks', weekdays: 'mon, fri', hour: 9, every: 1 },
        { mode: 'cron', cron: '0 9 * * *' },
      ],
    },
  ],
  [
    'cron',
    1,
    { triggerTimes: { item: [{ mode: 'everyX', unit: 'minutes', value: 30 }, {}] } },
    'schedule-trigger',
    {
      rules: [
        { every: 30, unit: 'minutes' },
        { unit: 'days', hour: 14, minute: 0 },
      ],
    },
  ],
  [
    'executeWorkflowTrigger',
    1.1,
    { workflowInputs: { values: [{ name: 'a' }, { name: 'b', type: 'object' }] } },
    'sub-workflow-trigger',
    {
      inputs: [
        { name: 'a', type: 'string' },
        { name: 'b', type: 'object' },
      ],
    },
  ],
  [
    'executeWorkflow',
    1.2,
    {
      workflowId: { __rl: true, mode: 'id', value: 'w1' },
      mode: 'each',
      workflowInputs: { value: { a: 1 } },
    },
    'execute-workflow',
    { workflowId: 'w1', mode: 'each', inputMode: 'fields', fields: [{ name: 'a', value: 1 }] },
  ],
  [
    'executeWorkflow',
    1,
    { source: 'parameter', workflowJson: JSON.stringify(file) },
    'execute-workflow',
    { source: 'inline', workflowJson: { format: 'linkflow/1', name: 'Orders' } },
  ],
  [
    'httpRequest',
    1,
    { requestMethod: 'POST', url: 'u', jsonParameters: true, bodyParametersJson: '{"a":1}' },
    'http-request',
    { method: 'POST', body: 'json', jsonBody: '{"a":1}', options: { responseFormat: 'json' } },
  ],
  [
    'httpRequest',
    4.2,
    {
      url: '=https://x/{{ $json.id }}',
      sendHeaders: true,
      specifyHeaders: 'json',
      jsonHeaders: '={"A": "{{ 1 }}"}',
      sendBody: true,
      bodyParameters: { parameters: [{ name: 'n', value: '={{ 1 }}' }] },
      options: { batching: { batch: { batchSize: 1 } } },
    },
    'http-request',
    {
      url: 'https://x/{{ $json.id }}',
      headers: [{ name: 'A', value: '{{ 1 }}' }],
      body: 'json',
      jsonBody: { n: '{{ 1 }}' },
      options: { concurrency: 1, batchPauseMs: 1000 },
    },
  ],
  [
    'httpRequest',
    4.2,
    { sendBody: true, contentType: 'binaryData' },
    'placeholder',
    { reason: 'It sends a file.' },
  ],
  [
    'respondToWebhook',
    1.1,
    { respondWith: 'json', responseBody: '={{ $json }}', options: { responseCode: 201 } },
    'respond-to-webhook',
    { respondWith: 'json', json: '{{ $json }}', status: 201 },
  ],
  [
    'stopAndError',
    1,
    { errorMessage: '=No {{ 1 }}' },
    'stop-and-error',
    { errorType: 'message', message: 'No {{ 1 }}' },
  ],
  [
    'stickyNote',
    1,
    { content: '{{ as it is }}', color: 5, width: 500.4 },
    'sticky-note',
    { content: '{{ as it is }}', color: 'blue', width: 500, height: 160 },
  ],
])('%s@%d %j', (type, version, given, ourType, parameters) => {
  const made = one(type, given, version);
  expect(made.type).toBe(ourType);
  expect(made.parameters).toMatchObject(parameters);
  expect(nodeCatalog.find(made.type, made.version)).toBeDefined();
});
