import { expect, test } from 'vitest';
import { nodeCatalog } from './definitions.ts';
import { importN8n } from './n8n-import.ts';

/** What every importer makes of its node: n8n type, version, parameters → our type, parameters (at least these). */
type Node = Record<string, unknown>;
const inner = {
  name: 'Orders',
  nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }],
  connections: {},
};

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
  [
    'merge',
    1,
    { mode: 'mergeByIndex', join: 'inner' },
    'merge',
    { mode: 'position', unpaired: 'drop', options: { deep: false, waitForAll: true } },
  ],
  [
    'merge',
    2,
    { mode: 'combine', combinationMode: 'mergeByPosition', options: {} },
    'merge',
    { mode: 'position', options: { passOther: true } },
  ],
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
  ['wait', 1.1, { resume: 'webhook' }, 'wait', { mode: 'call' }],
  [
    'wait',
    1.1,
    { resume: 'webhook', limitWaitTime: true, resumeAmount: 2, resumeUnit: 'days' },
    'wait',
    { mode: 'call', limit: 'duration', limitAmount: 2, limitUnit: 'days' },
  ],
  [
    'wait',
    1.1,
    {
      resume: 'webhook',
      limitWaitTime: true,
      limitType: 'atSpecifiedTime',
      maxDateAndTime: '2027-01-31T09:00',
    },
    'wait',
    { mode: 'call', limit: 'until', limitUntil: '2027-01-31T09:00' },
  ],
  ['wait', 1.1, { resume: 'form' }, 'placeholder', { reason: 'It waits for a form.' }],
  ['code', 2, { mode: 'runOnceForEachItem', jsCode: 'x' }, 'code', { mode: 'each-item', source: 'x' }],
  ['code', 2, { language: 'python', pythonCode: 'return 1' }, 'code', { python: 'return 1' }],
  ['code', 2, { language: 'ruby' }, 'placeholder', { reason: 'Its code is in ruby.' }],
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
    { source: 'parameter', workflowJson: JSON.stringify(inner) },
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
    { sendBody: true, contentType: 'binaryData', inputDataFieldName: 'doc' },
    'http-request',
    { body: 'file', bodyFile: 'doc' },
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
  const nodes = [{ name: 'N', type: `n8n-nodes-base.${type}`, typeVersion: version, parameters: given }];
  const made = importN8n({ nodes, connections: {} }).workflow.nodes[0]!;
  expect(made.type).toBe(ourType);
  expect(made.parameters).toMatchObject(parameters);
  expect(nodeCatalog.find(made.type, made.version)).toBeDefined();
});
