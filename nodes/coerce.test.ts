import { expect, test } from 'vitest';
import { coerce, tryCoerce, type ValueType } from './coerce.ts';

test.each<[unknown, ValueType, unknown]>([
  [5, 'string', '5'],
  [{ a: 1 }, 'string', '{"a":1}'],
  [null, 'string', null],
  [undefined, 'number', null],
  ['12.5', 'number', 12.5],
  ['abc', 'number', undefined],
  ['TRUE', 'boolean', true],
  [0, 'boolean', false],
  ['01', 'boolean', true],
  ['yes', 'boolean', undefined],
  ['', 'boolean', undefined],
  ['["a"]', 'array', ['a']],
  ['1, 2', 'array', undefined],
  ['{"a": 1}', 'object', { a: 1 }],
  ["{a: 1, 'b': {c: 'x'}}", 'object', { a: 1, b: { c: 'x' } }],
  [['a'], 'object', undefined],
  ['5', 'any', '5'],
])('%j as %s is %j', (value, type, expected) => expect(tryCoerce(value, type)).toEqual(expected));

test('the error names the field and shows the value', () => {
  expect(() => coerce('abc', 'number', { name: 'age', field: 'fields.0.value' })).toThrow(
    'Field “age” must be a number, but got "abc".',
  );
});
