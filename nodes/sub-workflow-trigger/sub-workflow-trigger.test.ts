import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing.ts';
import { subWorkflowTriggerNode } from './execute.ts';

const items = [{ id: '7', extra: true }, {}];

test('takes everything as it comes', async () => {
  expect(jsonOf(await runNode(subWorkflowTriggerNode, { items }))).toEqual(items);
});

test('takes only declared fields, typed, with null for what is missing', async () => {
  const parameters = { inputs: [{ name: 'id', type: 'number' }] };
  expect(jsonOf(await runNode(subWorkflowTriggerNode, { items, parameters }))).toEqual([
    { id: 7 },
    { id: null },
  ]);
  const wrong = runNode(subWorkflowTriggerNode, { items: [{ id: 'x' }], parameters });
  await expect(wrong).rejects.toThrow('Field “id” must be a number, but got "x".');
});
