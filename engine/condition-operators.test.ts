import { describe, expect, it } from 'vitest';
import { evaluateConditions, OPERATORS } from './conditions.ts';
import { NodeError } from './errors.ts';

const holds = (left: unknown, operator: string, right?: unknown, loose = false) =>
  evaluateConditions({ combinator: 'and', rows: [{ left, operator, right }], loose });

/** For each type three values in rising order, as far as its operators put them in order. */
const RISING = {
  string: ['apple', 'berry', 'cherry'],
  number: [-1, 0.5, 20],
  dateTime: ['2024-01-01', '2024-06-01T12:00:00Z', '2025-01-01'],
} as const;

describe('operators that compare', () => {
  it.each<[string, (a: number, b: number) => boolean]>([
    ['number.equals', (a, b) => a === b],
    ['number.notEquals', (a, b) => a !== b],
    ['number.gt', (a, b) => a > b],
    ['number.gte', (a, b) => a >= b],
    ['number.lt', (a, b) => a < b],
    ['number.lte', (a, b) => a <= b],
    ['dateTime.equals', (a, b) => a === b],
    ['dateTime.notEquals', (a, b) => a !== b],
    ['dateTime.after', (a, b) => a > b],
    ['dateTime.afterOrEquals', (a, b) => a >= b],
    ['dateTime.before', (a, b) => a < b],
    ['dateTime.beforeOrEquals', (a, b) => a <= b],
    ['string.equals', (a, b) => a === b],
    ['string.notEquals', (a, b) => a !== b],
  ])('%s agrees with the order of the values', (operator, expected) => {
    const values = RISING[operator.split('.')[0] as keyof typeof RISING];
    for (const a of [0, 1, 2])
      for (const b of [0, 1, 2])
        expect(holds(values[a], operator, values[b]), `${values[a]} ${operator} ${values[b]}`).toBe(
          expected(a, b),
        );
  });

  it.each<[string, (length: number) => boolean]>([
    ['array.lengthEquals', (n) => n === 2],
    ['array.lengthNotEquals', (n) => n !== 2],
    ['array.lengthGt', (n) => n > 2],
    ['array.lengthGte', (n) => n >= 2],
    ['array.lengthLt', (n) => n < 2],
    ['array.lengthLte', (n) => n <= 2],
  ])('%s agrees with the number of elements', (operator, expected) => {
    for (const length of [0, 1, 2, 3])
      expect(holds(Array(length).fill('x'), operator, 2)).toBe(expected(length));
  });

  it('comes in pairs that never agree', () => {
    const pairs = Object.keys(OPERATORS).flatMap((name) => {
      const [type, operator] = name.split('.') as [string, string];
      const opposite = `${type}.not${operator[0]!.toUpperCase()}${operator.slice(1)}`;
      return opposite in OPERATORS ? [[name, opposite] as const] : [];
    });
    expect(pairs.length).toBeGreaterThan(10);
    const values: Record<string, unknown[]> = {
      string: ['', 'apple', 'app'],
      number: [0, 1],
      boolean: [true, false],
      dateTime: ['2024-01-01', '2025-01-01'],
      array: [[], ['apple']],
      object: [{}, { a: 1 }],
    };
    for (const [name, opposite] of pairs) {
      const type = name.split('.')[0]!;
      const rights = OPERATORS[name]!.right === 'any' ? ['apple'] : values[type]!;
      for (const left of values[type]!)
        for (const right of rights)
          expect(holds(left, opposite, right), `${name} ${JSON.stringify([left, right])}`).toBe(
            !holds(left, name, right),
          );
    }
  });
});

describe('values of other types', () => {
  it.each<[unknown, string, unknown, boolean]>([
    ['20', 'number.gt', '3', true],
    [true, 'number.equals', 1, true],
    ['TRUE', 'boolean.true', undefined, true],
    [' false ', 'boolean.false', undefined, true],
    [1, 'boolean.equals', 'true', true],
    ['0', 'boolean.false', undefined, true],
    [5, 'string.equals', '5', true],
    [{ a: 1 }, 'string.contains', '"a":1', true],
    [new Date(0), 'string.startsWith', '1970', true],
    ['[1, 2]', 'array.lengthEquals', '2', true],
    ['{"a":1}', 'object.notEmpty', undefined, true],
    [0, 'dateTime.before', 'Wed, 15 May 2024 12:00:00 GMT', true],
    ['2024-05-15 10:00:00', 'dateTime.after', '2024-05-15 09:00:00', true],
  ])('are converted on request: %j %s %j', (left, operator, right, expected) => {
    expect(holds(left, operator, right, true)).toBe(expected);
  });

  it.each<[unknown, string, unknown]>([
    ['many', 'number.gt', 1],
    ['yes', 'boolean.true', undefined],
    [2, 'boolean.true', undefined],
    ['{', 'array.contains', 1],
    ['[]', 'object.empty', undefined],
    ['someday', 'dateTime.after', '2024-01-01'],
    [new Date(Number.NaN), 'dateTime.after', '2024-01-01'],
    [Number.POSITIVE_INFINITY, 'dateTime.after', '2024-01-01'],
  ])('fail the node when they cannot be: %j %s %j', (left, operator, right) => {
    const attempt = () => holds(left, operator, right, true);
    if (OPERATORS[operator]!.checksPresence) expect(attempt()).toBeTypeOf('boolean');
    else expect(attempt).toThrow(NodeError);
  });

  it('fail the node when a pattern is none', () => {
    expect(() => holds('x', 'string.regex', '(')).toThrow(NodeError);
  });
});
