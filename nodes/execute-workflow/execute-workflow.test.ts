import { expect, test } from 'vitest';
import type { WorkflowCall } from '#engine/node.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { executeWorkflowNode } from './execute.ts';

const items = [{ a: 1 }, { a: 2 }];

test('calls once with all items', async () => {
  const calls: WorkflowCall[] = [];
  const result = await runNode(executeWorkflowNode, {
    parameters: { workflowId: 'w1' },
    items,
    workflows: (call) => {
      calls.push(call);
      return { status: 'completed', items: toItems({ b: 1 }) };
    },
  });
  expect(calls).toEqual([
    { workflowId: 'w1', items: toItems(...items), key: 'execution:n1:0:0', waitForEnd: true },
  ]);
  expect(jsonOf(result)).toEqual([{ b: 1 }]);
});

test('calls once for each item and keeps the trail', async () => {
  const { outputs } = await runNode(executeWorkflowNode, {
    parameters: {
      workflowId: 'w1',
      mode: 'each',
      inputMode: 'fields',
      fields: [{ name: 'x.y', type: 'any', value: 7 }],
    },
    items,
    workflows: (call) => ({
      status: 'completed',
      items: [{ json: { ...call.items[0]!.json, key: call.key } }],
    }),
  });
  expect(outputs.main).toEqual([
    { json: { x: { y: 7 }, key: 'execution:n1:0:0' }, source: { item: 0 } },
    { json: { x: { y: 7 }, key: 'execution:n1:0:1' }, source: { item: 1 } },
  ]);
});

test('sleeps until the children that are not done have ended', async () => {
  const result = await runNode(executeWorkflowNode, {
    parameters: { workflowId: 'w1', mode: 'each' },
    items,
    workflows: (call) =>
      call.key.endsWith('0') ? { status: 'completed', items: [] } : { status: 'pending', executionId: 'e2' },
  });
  expect(result).toEqual({
    outputs: {},
    wait: { until: null, executions: ['e2'], completeWithOutputs: false },
  });
});

test('goes on at once when it need not wait', async () => {
  const result = await runNode(executeWorkflowNode, {
    parameters: { workflowId: 'w1', options: { waitForEnd: false } },
    items,
    workflows: () => ({ status: 'started', executionId: 'e1' }),
  });
  expect(jsonOf(result)).toEqual(items);
});

test('runs an inline workflow, and says where it is wrong', async () => {
  let call: WorkflowCall | undefined;
  await runNode(executeWorkflowNode, {
    parameters: {
      source: 'inline',
      workflowJson: { name: 'Inner', nodes: [{ id: 'a', name: 'A', type: 'no-op' }] },
    },
    workflows: (given) => {
      call = given;
      return { status: 'completed', items: [] };
    },
  });
  expect(call?.workflow?.nodes[0]).toMatchObject({ id: 'a', version: 1 });
  const wrong = runNode(executeWorkflowNode, {
    parameters: { source: 'inline', workflowJson: { nodes: 5 } },
  });
  await expect(wrong).rejects.toMatchObject({ data: { kind: 'config', field: 'workflowJson' } });
  await expect(runNode(executeWorkflowNode, {})).rejects.toMatchObject({ data: { field: 'workflowId' } });
});
