import { describe, expect, it } from 'vitest';
import { compileJsonSchema } from './json-schema.ts';

const wrongIn = (schema: unknown, value: unknown) => compileJsonSchema(schema)(value);
const deep = (n: number, inside: unknown = 1) => {
  let value: unknown = inside;
  for (let i = 0; i < n; i++) value = [value];
  return value;
};

describe('a schema', () => {
  it.each<[object | boolean, unknown[], unknown[]]>([
    [true, [1, null], []],
    [false, [], [1, null]],
    [{ type: 'integer' }, [1, -3, 1.0], [1.5, '1', null]],
    [{ type: ['string', 'null'] }, ['', null], [1, {}]],
    [{ type: 'object' }, [{}], [[], null, 'x']],
    [{ enum: [1, { a: [1] }] }, [1, { a: [1] }], [2, { a: [2] }, '1']],
    [{ const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [{ a: 1 }]],
    [{ minimum: 1, exclusiveMaximum: 3 }, [1, 2.9, 'x'], [0, 3]],
    [{ multipleOf: 0.1 }, [0.3, 7], [0.35]],
    [{ minLength: 2, maxLength: 3 }, ['ab', '👍👍👍', 5], ['a', 'abcd']],
    [{ pattern: '^a+$' }, ['aa', 1], ['b']],
    [{ format: 'date-time' }, ['2026-02-28T10:30:00Z', 5], ['2026-02-30T10:30:00Z', 'now']],
    [{ format: 'email' }, ['a@b.co'], ['a@b', 'a b@c.de']],
    [{ format: 'uuid' }, ['0198a0a0-0000-7000-8000-000000000000'], ['x']],
    [{ format: 'something-new' }, ['x'], []],
    [{ items: { type: 'number' }, minItems: 1 }, [[1], 'x'], [[], ['a']]],
    [{ prefixItems: [{ type: 'number' }], items: false }, [[1], []], [['a'], [1, 2]]],
    [{ items: [{ type: 'number' }], additionalItems: false }, [[1]], [[1, 2], ['a']]],
    [{ uniqueItems: true }, [[1, '1', { a: 1 }]], [[{ a: 1 }, { a: 1 }]]],
    [{ contains: { const: 1 }, maxContains: 2 }, [[1], [1, 1]], [[], [2], [1, 1, 1]]],
    [{ required: ['a'] }, [{ a: undefined }, 5], [{}, { b: 1 }]],
    [{ properties: { a: { type: 'number' } } }, [{}, { a: 1 }], [{ a: 'x' }]],
    [{ properties: { a: true }, additionalProperties: false }, [{ a: 1 }], [{ a: 1, b: 1 }]],
    [
      { patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false },
      [{ 'x-a': '' }],
      [{ y: 1 }, { 'x-a': 1 }],
    ],
    [
      { propertyNames: { maxLength: 2 }, minProperties: 1, maxProperties: 1 },
      [{ ab: 1 }],
      [{}, { abc: 1 }, { a: 1, b: 1 }],
    ],
    [{ dependentRequired: { a: ['b'] } }, [{}, { a: 1, b: 1 }], [{ a: 1 }]],
    [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1], [0, 3]],
    [{ anyOf: [{ const: 1 }, { const: 2 }] }, [1, 2], [3]],
    [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, [1], [0, 2]],
    [{ not: { type: 'string' } }, [1], ['x']],
    [JSON.parse('{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}'), ['ab', 2], ['a', 1]],
    [{ $defs: { n: { type: 'number' } }, items: { $ref: '#/$defs/n' } }, [[1]], [['a']]],
    [
      { properties: { child: { $ref: '#' } }, additionalProperties: false },
      [{ child: { child: {} } }],
      [{ child: { x: 1 } }],
    ],
  ])('%j', (schema, right, wrong) => {
    for (const value of right) expect([value, wrongIn(schema, value)]).toEqual([value, null]);
    for (const value of wrong) expect([value, wrongIn(schema, value)]).not.toEqual([value, null]);
  });

  it('says where and what is wrong', () => {
    const schema = { properties: { 'a/b': { items: { required: ['id'] } }, n: { type: 'number' } } };
    expect(wrongIn(schema, { 'a/b': [{ id: 1 }, {}] })).toEqual({
      path: '/a~1b/1/id',
      message: 'is missing',
    });
    expect(wrongIn(schema, { n: 'x' })).toEqual({ path: '/n', message: 'must be a number' });
  });

  it.each([
    [5, 'must be an object'],
    [{ type: 'text' }, 'type that does not exist'],
    [{ type: 'constructor' }, 'type that does not exist'],
    [{ pattern: '(' }, 'pattern that does not parse'],
    [{ patternProperties: { '[': {} } }, 'pattern that does not parse'],
    [{ minLength: -1 }, 'no count'],
    [{ properties: { a: 5 } }, 'no schema'],
    [{ $ref: 'https://evil.example/schema.json' }, 'outside of it'],
    [{ $ref: 'file:///etc/passwd' }, 'outside of it'],
    [{ $ref: '#/__proto__/x' }, 'does not have'],
    [{ $ref: '#/constructor' }, 'does not have'],
    [{ unevaluatedProperties: false }, 'not supported'],
    [{ allOf: Array.from({ length: 3_000 }, (_, i) => ({ minimum: i })) }, 'parts'],
    [{ description: 'x'.repeat(200_000) }, 'letters'],
  ])('%j cannot be used', (schema, why) => {
    expect(() => compileJsonSchema(schema)).toThrow(why);
  });

  it('cannot be nested without end', () => {
    let schema: object = {};
    for (let i = 0; i < 200; i++) schema = { items: schema };
    expect(() => compileJsonSchema(schema)).toThrow('nested deeper');
  });

  it.each<[string, unknown, unknown]>([
    ['a pattern that backtracks', { pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}!`],
    ['a pattern with look-ahead that backtracks', { pattern: '^(?=(a+)+$)' }, `${'a'.repeat(50_000)}!`],
    ['a schema that goes in circles', { $ref: '#' }, 1],
    ['two schemas that go in circles', { anyOf: [{ $ref: '#' }, { $ref: '#' }] }, 1],
    [
      'a schema that branches at each level',
      { anyOf: [{ items: { $ref: '#' } }, { items: { $ref: '#' }, maxItems: 0 }], minItems: 2 },
      deep(150),
    ],
    [
      'unique lists in lists',
      { uniqueItems: true, items: { $ref: '#' } },
      deep(
        150,
        Array.from({ length: 20_000 }, (_, i) => `x${i}`),
      ),
    ],
    ['very many elements', { items: { type: 'number' } }, new Array(5_000_000).fill(1)],
  ])('%s costs little', (_what, schema, value) => {
    const check = compileJsonSchema(schema);
    const before = performance.now();
    expect(check(value)).not.toBeNull();
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('is not fooled by fields that every object has', () => {
    const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
    for (const name of names) {
      expect(wrongIn({ required: [name] }, {})).not.toBeNull();
      expect(wrongIn({ properties: JSON.parse(`{"${name}": false}`) }, {})).toBeNull();
      expect(wrongIn({ additionalProperties: false }, JSON.parse(`{"${name}": 1}`))).not.toBeNull();
    }
  });
});
