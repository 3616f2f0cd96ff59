import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, runNode } from '../testing.ts';
import { renameKeysNode } from './execute.ts';

const run = async (parameters: JsonObject, item: JsonObject) =>
  jsonOf(await runNode(renameKeysNode, { parameters, items: [item] }))[0];

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ['a field', { fields: [{ from: 'a', to: 'b' }] }, { a: 1, c: 2 }, { b: 1, c: 2 }],
  [
    'a field inside an object',
    { fields: [{ from: 'a.x', to: 'b.y' }] },
    { a: { x: 1, z: 2 } },
    { a: { z: 2 }, b: { y: 1 } },
  ],
  ['a field into itself', { fields: [{ from: 'a', to: 'a.b' }] }, { a: 1 }, { a: { b: 1 } }],
  [
    'a name with dots',
    { fields: [{ from: 'a.x', to: 'b.y' }], options: { dotNotation: false } },
    { 'a.x': 1 },
    { 'b.y': 1 },
  ],
  ['nothing that is not there', { fields: [{ from: 'x', to: 'y' }] }, { a: 1 }, { a: 1 }],
  [
    'nothing to nothing',
    {
      fields: [
        { from: 'a', to: '' },
        { from: '', to: 'b' },
      ],
    },
    { a: 1 },
    { a: 1 },
  ],
  ['a null as well', { fields: [{ from: 'a', to: 'b' }] }, { a: null }, { b: null }],
  [
    'one after the other',
    {
      fields: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
    },
    { a: 1 },
    { c: 1 },
  ],
  [
    'by a pattern at all depths',
    { patterns: [{ pattern: '^old_(.*)$', replacement: '$1' }] },
    { old_a: { old_b: [{ old_c: 1 }] } },
    { a: { b: [{ c: 1 }] } },
  ],
  [
    'by a pattern not deeper than told',
    { patterns: [{ pattern: 'x', replacement: 'y', depth: 0 }] },
    { x: { x: 1 } },
    { y: { x: 1 } },
  ],
  [
    'the first match of a name only',
    { patterns: [{ pattern: 'a', replacement: 'o' }] },
    { banana: 1 },
    { bonana: 1 },
  ],
  [
    'every match and any capitals',
    { patterns: [{ pattern: 'A', replacement: 'o', everyMatch: true, ignoreCase: true }] },
    { banana: 1 },
    { bonono: 1 },
  ],
  ['no field to nothing', { patterns: [{ pattern: '.*', replacement: '' }] }, { a: 1 }, { a: 1 }],
])('renames %s', async (_name, parameters, item, expected) => {
  const before = structuredClone(item);
  expect(await run(parameters, item)).toEqual(expected);
  expect(item).toEqual(before);
});

test('a pattern cannot make a field of the prototype', async () => {
  const renamed = await run(
    { patterns: [{ pattern: '^x$', replacement: '__proto__' }] },
    { x: { admin: true } },
  );
  expect(renamed).toEqual({ x: { admin: true } });
  expect(Object.getPrototypeOf(renamed)).toBe(Object.prototype);
  const hostile = JSON.parse('{"a": {"__proto__": {"admin": true}}}') as JsonObject;
  const inside = await run({ patterns: [{ pattern: '^b$', replacement: 'c' }] }, hostile);
  expect((inside!.a as JsonObject).admin).toBeUndefined();
});

test('names the pattern that does not parse', async () => {
  await expect(run({ patterns: [{ pattern: '(' }] }, { a: 1 })).rejects.toMatchObject({
    data: { kind: 'config', field: 'patterns.0.pattern' },
  });
});

test('keeps files, and says where items come from', async () => {
  const files = { data: { mimeType: 'text/plain', sizeBytes: 1, data: 'YQ==' } };
  const inputs = { main: [{ json: { a: 1 }, files }] };
  const { outputs } = await runNode(renameKeysNode, {
    inputs,
    parameters: { fields: [{ from: 'a', to: 'b' }] },
  });
  expect(outputs.main).toEqual([{ json: { b: 1 }, files, source: { item: 0 } }]);
});

test('n8n: names and patterns', () => {
  const { parameters } = importNode('renameKeys', 1, {
    keys: { key: [{ currentKey: '=a', newKey: '={{ $json.x }}' }] },
    additionalOptions: {
      regexReplacement: {
        replacements: [{ searchRegex: 'x', replaceRegex: 'y', options: { caseInsensitive: true, depth: 1 } }],
      },
    },
  });
  expect(parameters).toEqual({
    fields: [{ from: 'a', to: '{{ $json.x }}' }],
    patterns: [{ pattern: 'x', replacement: 'y', ignoreCase: true, depth: 1 }],
  });
});

test('of nothing makes nothing, and names may be numbers', async () => {
  const parameters = {
    fields: [
      { from: '0', to: 'first' },
      { from: 'list[1]', to: 'second' },
    ],
  };
  expect(jsonOf(await runNode(renameKeysNode, { parameters, items: [] }))).toEqual([]);
  expect(await run(parameters, { 0: 'a', list: ['b', 'c'] })).toMatchObject({ first: 'a', second: 'c' });
});
