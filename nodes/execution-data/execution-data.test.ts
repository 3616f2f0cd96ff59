import { expect, test } from 'vitest';
import { importNode } from '../n8n-testing.ts';
import { runNode } from '../testing.ts';
import { executionDataNode } from './execute.ts';

test('passes items on as they are', async () => {
  const parameters = {
    data: [
      { key: 'customer', value: '7' },
      { key: '', value: 'x' },
    ],
  };
  const { outputs } = await runNode(executionDataNode, { parameters, items: [{ a: 1 }, { a: 2 }] });
  expect(outputs.main).toEqual([
    { json: { a: 1 }, source: { item: 0 } },
    { json: { a: 2 }, source: { item: 1 } },
  ]);
});

test('n8n: says that it only writes a log', () => {
  expect(
    importNode('executionData', 1, { dataToSave: { values: [{ key: 'id', value: '={{ $json.id }}' }] } }),
  ).toEqual({
    type: 'execution-data',
    parameters: { data: [{ key: 'id', value: '{{ $json.id }}' }] },
    status: 'approximated',
    reason: expect.stringContaining('log'),
  });
});
