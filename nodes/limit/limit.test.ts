import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { runNode } from '../testing.ts';
import { limitNode } from './execute.ts';

const items = [{ n: 0 }, { n: 1 }, { n: 2 }];

test.each<[string, JsonObject, number[]]>([
  ['the first one', {}, [0]],
  ['the first ones', { maxItems: 2 }, [0, 1]],
  ['the last ones, in their order', { maxItems: 2, keep: 'last' }, [1, 2]],
  ['all when there are fewer', { maxItems: 9, keep: 'last' }, [0, 1, 2]],
  ['none', { maxItems: 0, keep: 'last' }, []],
])('keeps %s, each with the place it came from', async (_name, parameters, expected) => {
  const { outputs } = await runNode(limitNode, { parameters, items });
  expect(outputs.main).toEqual(expected.map((n) => ({ json: { n }, source: { item: n } })));
});

test('of nothing keeps nothing', async () => {
  expect((await runNode(limitNode, { items: [] })).outputs.main).toEqual([]);
});

test('n8n: its defaults, and the operation of Item Lists', () => {
  expect(importNode('limit', 1, {})).toEqual({
    type: 'limit',
    parameters: { maxItems: 1 },
    status: 'mapped',
  });
  expect(importNode('itemLists', 1, { operation: 'limit', maxItems: 3, keep: 'lastItems' })).toMatchObject({
    type: 'limit',
    parameters: { maxItems: 3, keep: 'last' },
  });
});
