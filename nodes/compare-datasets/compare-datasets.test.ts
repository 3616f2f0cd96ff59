import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { compareDatasetsNode } from './execute.ts';

const byId = { match: [{ fieldA: 'id', fieldB: '' }] };
const compare = (a: JsonObject[], b: JsonObject[], parameters: JsonObject = {}) =>
  runNode(compareDatasetsNode, {
    parameters: { ...byId, ...parameters },
    inputs: { input1: toItems(...a), input2: toItems(...b) },
  });
const ports = async (a: JsonObject[], b: JsonObject[], parameters: JsonObject = {}) => {
  const result = await compare(a, b, parameters);
  return Object.fromEntries(Object.keys(result.outputs).map((port) => [port, jsonOf(result, port)]));
};

test('tells new, changed, gone and equal items apart', async () => {
  const a = [{ id: 1, n: 'x' }, { id: 2, n: 'x' }, { id: 3 }];
  const b = [{ id: 4 }, { id: 2, n: 'y' }, { n: 'x', id: 1 }];
  expect(await ports(a, b)).toEqual({
    'only-a': [{ id: 3 }],
    same: [{ id: 1, n: 'x' }],
    different: [{ keys: { id: 2 }, same: { id: 2 }, different: { n: { inputA: 'x', inputB: 'y' } } }],
    'only-b': [{ id: 4 }],
  });
});

test('says which items they were made from', async () => {
  const { outputs } = await compare([{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 3 }]);
  expect(outputs['only-a']![0]!.source).toEqual({ item: 0 });
  expect(outputs.same![0]!.source).toEqual([{ item: 1 }, { item: 0, port: 'input2' }]);
  expect(outputs['only-b']![0]!.source).toEqual({ item: 1, port: 'input2' });
});

test.each<[string, JsonObject, JsonObject]>([
  ['the item of A', { resolve: 'a' }, { id: 1, q: 1, a: true }],
  ['the item of B', { resolve: 'b' }, { id: 1, q: 0 }],
  ['A with some fields of B', { resolve: 'mix', except: 'q' }, { id: 1, q: 0, a: true }],
  ['B with some fields of A', { resolve: 'mix', prefer: 'b', except: 'q, a' }, { id: 1, q: 1, a: true }],
  ['a field that the other lacks as null', { resolve: 'mix', except: 'a' }, { id: 1, q: 1, a: null }],
  [
    'both under other names',
    { options: { nameA: 'old', nameB: 'new' } },
    { keys: { id: 1 }, same: { id: 1 }, different: { q: { old: 1, new: 0 }, a: { old: true, new: null } } },
  ],
])('gives %s', async (_name, parameters, expected) => {
  const { different } = await ports([{ id: 1, q: 1, a: true }], [{ id: 1, q: 0 }], parameters);
  expect(different).toEqual([expected]);
});

test('fields that do not count may differ, and are shown where others do', async () => {
  const options = { skipFields: 'at, deep.x' };
  const a = { id: 1, at: 1, deep: { x: 1, y: 1 } };
  expect((await ports([a], [{ id: 1, at: 2, deep: { x: 2, y: 1 } }], { options })).same).toEqual([a]);
  expect((await ports([a], [{ id: 1, at: 2, deep: { x: 1, y: 2 } }], { options })).different).toEqual([
    {
      keys: { id: 1 },
      same: { id: 1 },
      different: { deep: { inputA: { x: 1, y: 1 }, inputB: { x: 1, y: 2 } } },
      skipped: { at: { inputA: 1, inputB: 2 } },
    },
  ]);
});

test.each<[unknown, unknown, boolean]>([
  [3, '3', true],
  [3, 'three', false],
  [true, 'TRUE', true],
  [true, 1, true],
  [false, '0', true],
  [false, '', false],
  [null, '', true],
  [[], undefined, true],
  [{}, '{}', true],
  [{ a: 1 }, '{"a": 1}', true],
  [[1, 2], '[1,2]', true],
  ['true', 'TRUE', false],
  [0, null, false],
  ['2020-01-01T00:00:00Z', 'Jan 1 2020', false],
])('loosely, %j and %j are equal: %s', async (a, b, expected) => {
  const found = await ports([{ id: 1, v: a }], [{ id: '1', v: b }], { options: { fuzzy: true } });
  expect(found.same).toHaveLength(expected ? 1 : 0);
  expect(found.different).toHaveLength(expected ? 0 : 1);
});

test.each([
  [{}, '1'],
  [{ resolve: 'a' }, '1'],
  [{ resolve: 'b' }, 1],
  [{ resolve: 'mix', prefer: 'b' }, 1],
])('of items that are loosely equal, %j keeps one', async (parameters, v) => {
  const { same } = await ports([{ id: 1, v: '1' }], [{ id: 1, v: 1 }], {
    ...parameters,
    options: { fuzzy: true },
  });
  expect(same).toEqual([{ id: 1, v }]);
});

test('strictly, types count, and a missing key matches nothing', async () => {
  expect((await ports([{ id: 1 }], [{ id: '1' }])).same).toEqual([]);
  expect(await ports([{ n: 1 }], [{ n: 1 }])).toMatchObject({ 'only-a': [{ n: 1 }], 'only-b': [{ n: 1 }] });
});

test('a missing field is like an empty one, or not', async () => {
  const pair: [JsonObject[], JsonObject[]] = [[{ id: 1, v: [] }], [{ id: 1 }]];
  expect((await ports(...pair, { options: { fuzzy: true } })).same).toHaveLength(1);
  expect((await ports(...pair, { options: { fuzzy: true, strictMissing: true } })).same).toHaveLength(0);
});

test('several items of B: the first, or each', async () => {
  const b = [
    { id: 1, n: 1 },
    { id: 1, n: 2 },
  ];
  expect(await ports([{ id: 1, n: 1 }], b)).toMatchObject({
    same: [{ n: 1 }],
    different: [],
    'only-b': [{ n: 2 }],
  });
  const all = await ports([{ id: 1, n: 1 }], b, { resolve: 'b', options: { multipleMatches: 'all' } });
  expect(all).toMatchObject({ same: [{ n: 1 }], different: [{ n: 2 }], 'only-b': [] });
});

test('fields to match may have two names, several of them, and dots', async () => {
  const match = [
    { fieldA: 'who.id', fieldB: 'user' },
    { fieldA: 'day', fieldB: '' },
  ];
  const found = await ports(
    [{ who: { id: 1 }, day: 1 }],
    [
      { user: 1, day: 1 },
      { user: 1, day: 2 },
    ],
    { match },
  );
  expect(found).toMatchObject({ 'only-a': [], 'only-b': [{ user: 1, day: 2 }] });
});

test('an empty side leaves the other as it is', async () => {
  expect(await ports([], [{ id: 1 }])).toMatchObject({ 'only-a': [], 'only-b': [{ id: 1 }] });
});

test('n8n: names, defaults and what changed between versions', () => {
  const mergeByFields = { values: [{ field1: 'id', field2: 'key' }] };
  const options = (version: number, more: JsonObject = {}) =>
    importNode('compareDatasets', version, { mergeByFields, ...more }).parameters as JsonObject;
  expect(options(1, { options: { fuzzyCompare: true } })).toEqual({
    match: [{ fieldA: 'id', fieldB: 'key' }],
    resolve: 'b',
    options: { fuzzy: true, strictMissing: true, nameA: 'input1', nameB: 'input2' },
  });
  expect(options(2, { fuzzyCompare: true }).options).toEqual({ fuzzy: true, strictMissing: true });
  expect(options(2.3)).toMatchObject({ resolve: 'both', options: {} });
  expect(options(2.3, { resolve: 'mix', preferWhenMix: 'input2', exceptWhenMix: 'q' })).toMatchObject({
    resolve: 'mix',
    prefer: 'b',
    except: 'q',
  });
  expect(
    options(2.3, { options: { skipFields: 'a', multipleMatches: 'all', disableDotNotation: true } }).options,
  ).toEqual({ skipFields: 'a', multipleMatches: 'all', dotNotation: false });
});
