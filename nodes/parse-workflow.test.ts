import { expect, test } from 'vitest';
import { parseWorkflowText } from './parse-workflow.ts';

const ours = { format: 'linkflow/1', name: 'Ours', nodes: [{ id: 'a', name: 'A', type: 'no-op' }] };
const theirs = {
  name: 'Theirs',
  nodes: [{ name: 'A', type: 'n8n-nodes-base.noOp', parameters: {} }],
  connections: {},
};
const YAML = 'format: linkflow/1\nname: Ours\nnodes:\n  - id: a\n    name: A\n    type: no-op\n';

test.each([
  ['ours as JSON', JSON.stringify(ours), 'Ours'],
  ['ours as YAML', YAML, 'Ours'],
  ['ours without its format', JSON.stringify({ name: 'Ours', nodes: ours.nodes, edges: [] }), 'Ours'],
  ['n8n’s as JSON', JSON.stringify(theirs), 'Theirs'],
  [
    'n8n’s as YAML',
    'name: Theirs\nnodes:\n  - {name: A, type: n8n-nodes-base.noOp}\nconnections: {}\n',
    'Theirs',
  ],
])('reads %s', (_name, text, name) => {
  const { workflow } = parseWorkflowText(text);
  expect(workflow.name).toBe(name);
  expect(workflow.nodes).toMatchObject([
    { name: 'A', type: 'no-op', version: 1, settings: { onError: 'stop' } },
  ]);
});

test('reports on what it translated only', () => {
  expect(parseWorkflowText(YAML).report.nodes).toEqual([]);
  expect(parseWorkflowText(JSON.stringify(theirs)).report.nodes).toMatchObject([{ status: 'mapped' }]);
});

test.each([
  ['', 'The file is empty.'],
  ['{"nodes": [', 'The file is not valid JSON'],
  ['a: [b', 'The file is neither JSON nor YAML'],
  ['just words', 'This is not a workflow'],
  ['{"format": "linkflow/1", "nodes": [{"id": ""}]}', 'This workflow file is not valid. name:'],
])('refuses %j', (text, message) => expect(() => parseWorkflowText(text)).toThrow(message));
