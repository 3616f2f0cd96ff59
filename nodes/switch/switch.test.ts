import { expect, test } from 'vitest';
import type { Item, JsonObject } from '#engine/item.ts';
import { specOf } from '../define.ts';
import { findDefinition } from '../definitions.ts';
import { jsonOf, runNode } from '../testing.ts';
import { switchNode } from './execute.ts';

const over = (item: Item, right: number, name?: string) => ({
  ...(name ? { name } : {}),
  conditions: { combinator: 'and', rows: [{ left: item.json.n, operator: 'number.gt', right }] },
});
const rules = (more: JsonObject) => (item: Item) => ({
  rules: [over(item, 10, 'big'), over(item, 5)],
  ...more,
});
const items = [{ n: 20 }, { n: 7 }, { n: 1 }];

test.each<[string, JsonObject, Record<string, JsonObject[]>]>([
  ['the first rule that matches', {}, { output1: [{ n: 20 }], output2: [{ n: 7 }] }],
  [
    'all that match',
    { options: { allMatching: true } },
    { output1: [{ n: 20 }], output2: [{ n: 20 }, { n: 7 }] },
  ],
  [
    'an extra output',
    { fallback: 'extra' },
    { output1: [{ n: 20 }], output2: [{ n: 7 }], fallback: [{ n: 1 }] },
  ],
  [
    'the output of a rule',
    { fallback: 'output', fallbackOutput: 1 },
    { output1: [{ n: 20 }], output2: [{ n: 7 }, { n: 1 }] },
  ],
  ['the first output', { fallback: 'first' }, { output1: [{ n: 20 }, { n: 1 }], output2: [{ n: 7 }] }],
])('sends items to %s', async (_name, more, expected) => {
  const result = await runNode(switchNode, { parameters: rules(more), items });
  expect(Object.fromEntries(Object.keys(result.outputs).map((port) => [port, jsonOf(result, port)]))).toEqual(
    expected,
  );
});

test('by number', async () => {
  const parameters = (item: Item) => ({ mode: 'expression', outputs: 2, output: item.json.to });
  const result = await runNode(switchNode, { parameters, items: [{ to: 1 }, { to: '0' }] });
  expect(jsonOf(result, 'output1')).toEqual([{ to: '0' }]);
  expect(jsonOf(result, 'output2')).toEqual([{ to: 1 }]);
  await expect(runNode(switchNode, { parameters, items: [{ to: 2 }] })).rejects.toThrow(
    'the outputs are 0 to 1',
  );
});

test('ports carry the names of the rules', () => {
  const spec = specOf(findDefinition('switch', 1)!);
  const parameters = { ...rules({ fallback: 'extra', fallbackName: 'rest' })({ json: {} }) };
  expect(spec.ports(parameters).outputs).toEqual([
    { name: 'output1', label: 'big' },
    { name: 'output2', label: '1' },
    { name: 'fallback', label: 'rest' },
  ]);
});
