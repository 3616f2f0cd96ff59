import { expect, test } from 'vitest';
import { NodeError } from '#engine/errors.ts';
import { defineNode, MAIN, operation } from './define.ts';
import { field } from './fields.ts';
import { derive, forEachItem, implement } from './implement.ts';
import { jsonOf, runNode } from './testing.ts';

const definition = defineNode({
  type: 'test',
  version: 1,
  kind: 'action',
  name: 'Test',
  category: 'Data',
  description: 'Test.',
  search: [],
  icon: 'x',
  color: 'slate',
  operations: {
    default: operation({
      label: 'Test',
      summary: 'Test',
      effect: 'pure',
      sample: [{ json: {} }],
      inputs: MAIN,
      outputs: MAIN,
      fields: {
        fail: field.boolean({ label: 'Fail' }),
        size: field.number({ label: 'Size', default: 1, min: 1 }),
      },
    }),
  },
});
const node = implement(definition, {
  default: (context) =>
    forEachItem(
      context,
      async (item, i, input) => {
        await Promise.resolve();
        if (input.fail) throw new NodeError('upstream', 'no');
        return derive(item, i, { ...item.json, done: true });
      },
      { concurrency: 2 },
    ),
});
const failing = (id: number) => (item: { json: Record<string, unknown> }) => ({ fail: item.json.id === id });
const items = [{ id: 1 }, { id: 2 }, { id: 3 }];

test('keeps order and says what items were made from', async () => {
  const { outputs } = await runNode(node, { items });
  expect(outputs.main!.map((item) => [item.json.id, item.source])).toEqual([
    [1, { item: 0 }],
    [2, { item: 1 }],
    [3, { item: 2 }],
  ]);
});

test('stops at the first failure and names the item', async () => {
  await expect(runNode(node, { items, parameters: failing(2) })).rejects.toMatchObject({
    data: { kind: 'upstream', itemIndex: 1 },
  });
});

test('goes on with the error in place of the item', async () => {
  const result = await runNode(node, { items, parameters: failing(2), settings: { onError: 'continue' } });
  expect(jsonOf(result)).toEqual([{ id: 1, done: true }, { error: 'no' }, { id: 3, done: true }]);
});

test('sends failed items to the error port with their own data', async () => {
  const result = await runNode(node, { items, parameters: failing(2), settings: { onError: 'error-port' } });
  expect(jsonOf(result).length).toBe(2);
  expect(jsonOf(result, 'error')).toEqual([{ id: 2, error: 'no' }]);
});

test('a parameter that does not fit names its field', async () => {
  await expect(runNode(node, { parameters: { size: 'x' } })).rejects.toMatchObject({
    data: { kind: 'config', field: 'size', message: expect.stringContaining('must be a number') },
  });
});

test('lets others have the thread between items, and stops where that says so', async () => {
  const plain = implement(definition, {
    default: (context) => forEachItem(context, (item, i) => derive(item, i, item.json)),
  });
  const many = Array.from({ length: 100 }, (_, id) => ({ id }));
  let asked = 0;
  const { outputs } = await runNode(plain, {
    items: many,
    breathe: () => (asked++ % 10 === 0 ? Promise.resolve() : null),
  });
  expect(asked).toBe(100);
  expect(outputs.main).toHaveLength(100);
  asked = 0;
  const stopped = runNode(plain, {
    items: many,
    breathe: () => (++asked === 50 ? Promise.reject(new NodeError('stopped', 'cancelled')) : null),
  });
  await expect(stopped).rejects.toMatchObject({ data: { kind: 'stopped' } });
  expect(asked).toBe(50);
});
