import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { merge as definition } from './definition.ts';
import { mergeNode } from './execute.ts';

const one = [
  { id: 1, name: 'Ada' },
  { id: 2, name: 'Alan' },
];
const two = [
  { id: 2, city: 'London', name: '' },
  { id: 2, city: 'Rome' },
  { id: 3, city: 'Oslo' },
];
const byId = { mode: 'fields', match: [{ field1: 'id' }] };

test.each<[string, JsonObject, JsonObject[]]>([
  ['append', {}, [...one, ...two]],
  [
    'position',
    { mode: 'position' },
    [
      { ...one[0], ...two[0] },
      { ...one[1], ...two[1] },
    ],
  ],
  [
    'position, unpaired kept',
    { mode: 'position', unpaired: 'keep' },
    [{ ...one[0], ...two[0] }, { ...one[1], ...two[1] }, two[2]!],
  ],
  [
    'position, first wins',
    { mode: 'position', clash: 'first' },
    [
      { ...two[0], ...one[0] },
      { ...two[1], ...one[1] },
    ],
  ],
  ['choose branch', { mode: 'choose-branch', branchInput: 2 }, two],
  ['choose branch, empty', { mode: 'choose-branch', branch: 'empty' }, [{}]],
  [
    'matches',
    byId,
    [
      { id: 2, name: '', city: 'London' },
      { id: 2, name: 'Alan', city: 'Rome' },
    ],
  ],
  ['matches of input 1', { ...byId, outputFrom: 'input1' }, [one[1]!]],
  ['matches of input 2', { ...byId, outputFrom: 'input2' }, [two[0]!, two[1]!]],
  [
    'non-matches',
    { ...byId, keep: 'non-matches' },
    [
      { ...one[0], _source: 'input1' },
      { ...two[2], _source: 'input2' },
    ],
  ],
  [
    'prefers values over blanks',
    { ...byId, options: { overwriteEmpty: true, firstMatchOnly: true } },
    [{ id: 2, name: 'Alan', city: 'London' }],
  ],
  [
    'enrich input 1 with suffixes',
    { ...byId, keep: 'enrich-input1', clash: 'suffix', options: { firstMatchOnly: true } },
    [
      { id_1: 2, name_1: 'Alan', id_2: 2, city_2: 'London', name_2: '' },
      { id_1: 1, name_1: 'Ada' },
    ],
  ],
  [
    'enrich input 2',
    { ...byId, keep: 'enrich-input2', options: { firstMatchOnly: true } },
    [{ id: 2, name: '', city: 'London' }, two[1]!, two[2]!],
  ],
])('%s', async (_name, parameters, expected) => {
  const inputs = { input1: toItems(...one), input2: toItems(...two) };
  expect(jsonOf(await runNode(mergeNode, { parameters, inputs }))).toEqual(expected);
});

test('all combinations name both sources', async () => {
  const inputs = { input1: toItems({ a: 1 }), input2: toItems({ b: 1 }, { b: 2 }) };
  const { outputs } = await runNode(mergeNode, { parameters: { mode: 'all' }, inputs });
  expect(outputs.main![1]).toEqual({
    json: { a: 1, b: 2 },
    source: [{ item: 0 }, { item: 1, port: 'input2' }],
  });
});

test('loose comparison treats text and numbers, blanks and nothing alike', async () => {
  const inputs = { input1: toItems({ k: '3' }, { k: '' }), input2: toItems({ k: 3, x: 1 }, { x: 2 }) };
  const fields = { mode: 'fields', match: [{ field1: 'k' }] };
  expect(jsonOf(await runNode(mergeNode, { parameters: fields, inputs }))).toEqual([]);
  const loose = await runNode(mergeNode, { parameters: { ...fields, options: { fuzzy: true } }, inputs });
  expect(jsonOf(loose).map((json) => json.x)).toEqual([1, 2]);
});

test('nested objects are merged unless told otherwise', async () => {
  const inputs = { input1: toItems({ o: { a: 1 }, l: [1, 2] }), input2: toItems({ o: { b: 2 }, l: [3] }) };
  const deep = await runNode(mergeNode, { parameters: { mode: 'position' }, inputs });
  expect(jsonOf(deep)).toEqual([{ o: { a: 1, b: 2 }, l: [3, 2] }]);
  const flat = await runNode(mergeNode, {
    parameters: { mode: 'position', options: { deep: false } },
    inputs,
  });
  expect(jsonOf(flat)).toEqual([{ o: { b: 2 }, l: [3] }]);
  expect(inputs.input1[0]!.json).toEqual({ o: { a: 1 }, l: [1, 2] });
});

test.each(['fields', 'position'])('with one input empty, the other may be passed on (%s)', async (mode) => {
  const inputs = { input1: toItems({ a: 1 }), input2: [] };
  const parameters = { mode, match: [{ field1: 'a' }], options: { passOther: true } };
  expect(jsonOf(await runNode(mergeNode, { parameters, inputs }))).toEqual([{ a: 1 }]);
  expect(jsonOf(await runNode(mergeNode, { parameters: { ...parameters, options: {} }, inputs }))).toEqual(
    [],
  );
});

test('a branch that brought nothing counts as empty', async () => {
  expect(jsonOf(await runNode(mergeNode, { inputs: { input1: [], input2: toItems({ a: 1 }) } }))).toEqual([
    { a: 1 },
  ]);
});

test('ports follow the parameters', () => {
  const { inputs, requiredInputs } = definition.operations.default;
  const names = (parameters: JsonObject) =>
    typeof inputs === 'function' ? inputs(parameters).map((p) => p.name) : [];
  expect(names({})).toEqual(['input1', 'input2']);
  expect(names({ inputs: 3 })).toEqual(['input1', 'input2', 'input3']);
  expect(names({ mode: 'fields', inputs: 3 })).toEqual(['input1', 'input2']);
  expect(requiredInputs?.({ mode: 'choose-branch' })).toEqual(['input1', 'input2']);
  expect(requiredInputs?.({})).toEqual([]);
  expect(requiredInputs?.({ options: { waitForAll: true } })).toEqual(['input1', 'input2']);
});
