import { expect, test } from 'vitest';
import type { Item, JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { ifNode } from './execute.ts';

const big = (item: Item): JsonObject => ({
  conditions: { combinator: 'and', rows: [{ left: item.json.n, operator: 'number.gt', right: 5 }] },
});
const items = [{ n: 1 }, { n: 9 }, { n: 'many' }];

test('sends every item down one branch and keeps its trail', async () => {
  const { outputs } = await runNode(ifNode, { parameters: big, items: items.slice(0, 2) });
  expect(outputs).toEqual({
    true: [{ json: { n: 9 }, source: { item: 1 } }],
    false: [{ json: { n: 1 }, source: { item: 0 } }],
  });
});

test('a value of the wrong type stops the node and names the row', async () => {
  await expect(runNode(ifNode, { parameters: big, items })).rejects.toMatchObject({
    data: { kind: 'config', field: 'conditions.rows.0', itemIndex: 2 },
  });
});

test('an item that cannot be judged counts as false, or leaves by the error port', async () => {
  const goesOn = await runNode(ifNode, { parameters: big, items, settings: { onError: 'continue' } });
  expect(jsonOf(goesOn, 'false')).toEqual([{ n: 1 }, { n: 'many' }]);
  const split = await runNode(ifNode, { parameters: big, items, settings: { onError: 'error-port' } });
  expect(jsonOf(split, 'false')).toEqual([{ n: 1 }]);
  expect(jsonOf(split, 'error')).toMatchObject([{ n: 'many', error: expect.any(String) }]);
});

test('without conditions every item is true', async () => {
  expect(jsonOf(await runNode(ifNode, { items }), 'true')).toEqual(items);
});
