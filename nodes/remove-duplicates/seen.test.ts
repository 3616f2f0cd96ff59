import { expect, test } from 'vitest';
import type { StaticData } from '#engine/node.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { removeDuplicatesNode } from './execute.ts';

/** Runs one after the other over the same memory; gives what was new in each. */
async function runs(
  values: (string | number)[][],
  parameters: object = {},
  mode: 'webhook' | 'manual' = 'webhook',
) {
  const staticData: StaticData = {};
  const found: unknown[][] = [];
  for (const list of values) {
    const result = await runNode(removeDuplicatesNode, {
      parameters: (item) => ({ operation: 'seen', value: String(item.json.v), ...parameters }),
      items: list.map((v) => ({ v })),
      staticData,
      mode,
    });
    found.push(jsonOf(result).map((json) => json.v));
    expect(jsonOf(result).length + jsonOf(result, 'known').length).toBe(list.length);
  }
  return { found, staticData };
}

test('an item is new once, over all executions', async () => {
  const { found } = await runs([
    ['a', 'b', 'a'],
    ['b', 'c'],
    ['a', 'c'],
  ]);
  expect(found).toEqual([['a', 'b'], ['c'], []]);
});

test('the oldest values are forgotten first', async () => {
  const { found, staticData } = await runs([['a', 'b', 'c'], ['a'], ['c']], { history: 2 });
  expect(found).toEqual([['a', 'b', 'c'], ['a'], []]);
  expect((staticData.node!.removeDuplicates as { keys: string[] }).keys).toHaveLength(2);
});

test('numbers and dates are new when they are beyond what was there before', async () => {
  expect(
    (
      await runs(
        [
          [3, 1, 2],
          [2, 4],
          [4, 5],
        ],
        { compare: 'number' },
      )
    ).found,
  ).toEqual([[3, 1, 2], [4], [5]]);
  const dates = [['2026-01-02'], ['2026-01-01', '2026-01-02T00:00:01Z']];
  expect((await runs(dates, { compare: 'date' })).found).toEqual([['2026-01-02'], ['2026-01-02T00:00:01Z']]);
  await expect(runs([['soon']], { compare: 'date' })).rejects.toMatchObject({
    data: { field: 'value', itemIndex: 0 },
  });
});

test('trying out remembers nothing', async () => {
  const { found, staticData } = await runs([['a'], ['a']], {}, 'manual');
  expect(found).toEqual([['a'], ['a']]);
  expect(staticData).toEqual({});
});

test('the memory of the workflow is beside what code keeps there, and can be cleared', async () => {
  const staticData: StaticData = { global: { mine: 1 } };
  const run = (parameters: object) =>
    runNode(removeDuplicatesNode, {
      parameters: { scope: 'workflow', ...parameters },
      items: [{ v: 1 }],
      staticData,
      mode: 'webhook',
    });
  const seen = { operation: 'seen', value: 'x' };
  expect(jsonOf(await run(seen))).toHaveLength(1);
  expect(staticData.global).toMatchObject({ mine: 1, removeDuplicates: { keys: [expect.any(String)] } });
  expect(jsonOf(await run(seen))).toHaveLength(0);
  expect(jsonOf(await run({ operation: 'forget' }))).toHaveLength(1);
  expect(staticData.global).toEqual({ mine: 1 });
  expect(jsonOf(await run(seen))).toHaveLength(1);
});

test('comes from n8n with its logic, its scope and its history', () => {
  const from = (parameters: object) =>
    importNode('removeDuplicates', 2, { operation: 'removeItemsSeenInPreviousExecutions', ...parameters });
  expect(
    from({
      logic: 'removeItemsWithAlreadySeenKeyValues',
      dedupeValue: '={{ $json.id }}',
      options: { scope: 'workflow', historySize: 500 },
    }),
  ).toMatchObject({
    status: 'mapped',
    parameters: {
      operation: 'seen',
      compare: 'key',
      value: '{{ $json.id }}',
      scope: 'workflow',
      history: 500,
    },
  });
  expect(from({ logic: 'removeItemsUpToStoredDate', dateDedupeValue: '={{ $json.at }}' }).parameters).toEqual(
    { operation: 'seen', compare: 'date', value: '{{ $json.at }}', scope: 'node' },
  );
  expect(importNode('removeDuplicates', 2, { operation: 'clearDeduplicationHistory' }).parameters).toEqual({
    operation: 'forget',
    scope: 'node',
  });
});
