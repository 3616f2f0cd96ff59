import { describe, expect, it } from 'vitest';
import { jsonExpression } from '#components/fields/drag-data.ts';
import { matching, oneLine, schemaOf } from './schema-of.ts';

describe('schema of items', () => {
  const fields = schemaOf([
    { id: 1, user: { 'full name': 'Ada' }, tags: [{ t: 'x' }], gone: null },
    { id: 'two', extra: true },
  ]);
  it('joins the types of all items', () => {
    expect(fields.map((f) => [f.key, f.type])).toEqual([
      ['id', 'number | string'],
      ['user', 'object'],
      ['tags', 'list'],
      ['gone', 'null'],
      ['extra', 'boolean'],
    ]);
  });
  it('gives paths that expressions understand', () => {
    expect(jsonExpression(fields[1]!.children[0]!.path)).toBe('$json.user["full name"]');
    expect(jsonExpression(fields[2]!.children[0]!.path)).toBe('$json.tags[0].t');
  });
});

it('finds items by any value or name, and keeps their numbers', () => {
  const items = [{ json: { a: 'x' } }, { json: { b: { c: 'Needle' } } }];
  expect(matching(items, 'needle').map((m) => m.index)).toEqual([1]);
  expect(matching(items, '').length).toBe(2);
});

it('shows a value on one line', () => {
  expect(oneLine([1, 2, 3])).toBe('[3] [1,2,3]');
  expect(oneLine('abcdef', 4)).toBe('abc…');
});
