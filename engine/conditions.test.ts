import { describe, expect, it } from 'vitest';
import { type ConditionGroup, evaluateConditions, OPERATORS } from './conditions.ts';
import { NodeError } from './errors.ts';

const one = (left: unknown, operator: string, right?: unknown, more: Partial<ConditionGroup> = {}) =>
  evaluateConditions({ combinator: 'and', rows: [{ left, operator, right }], ...more });

describe('conditions', () => {
  it.each<[unknown, string, unknown, boolean]>([
    ['a', 'string.equals', 'a', true],
    ['a', 'string.notEquals', 'a', false],
    ['abc', 'string.contains', 'b', true],
    ['abc', 'string.notContains', 'b', false],
    ['abc', 'string.startsWith', 'ab', true],
    ['abc', 'string.endsWith', 'bc', true],
    ['abc', 'string.notEndsWith', 'bc', false],
    ['abc', 'string.regex', '^a.c$', true],
    ['abc', 'string.regex', '/^A/i', true],
    ['abc', 'string.notRegex', 'x', true],
    ['', 'string.empty', undefined, true],
    [null, 'string.empty', undefined, true],
    [undefined, 'string.exists', undefined, false],
    [0, 'string.exists', undefined, true],
    [null, 'number.notExists', undefined, true],
    [2, 'number.gt', 1, true],
    [2, 'number.lte', 2, true],
    [null, 'number.gt', 1, false],
    [true, 'boolean.true', undefined, true],
    [true, 'boolean.equals', false, false],
    ['2024-05-15', 'dateTime.after', '2024-05-14T23:00:00Z', true],
    [new Date(0), 'dateTime.equals', '1970-01-01T00:00:00Z', true],
    ['2024-05-15', 'dateTime.beforeOrEquals', '2024-05-15', true],
    [[1, 2], 'array.contains', 2, true],
    [[1, 2], 'array.lengthGt', 1, true],
    [[], 'array.empty', undefined, true],
    [{ a: 1 }, 'object.notEmpty', undefined, true],
    [{ a: 1 }, 'object.unknown', undefined, false],
  ])('%j %s %j is %s', (left, operator, right, expected) => {
    expect(one(left, operator, right)).toBe(expected);
  });

  it('combines rows', () => {
    const rows = [
      { left: 1, operator: 'number.equals', right: 1 },
      { left: 1, operator: 'number.equals', right: 2 },
    ];
    expect(evaluateConditions({ combinator: 'and', rows })).toBe(false);
    expect(evaluateConditions({ combinator: 'or', rows })).toBe(true);
    expect(evaluateConditions({ combinator: 'and', rows: [] })).toBe(true);
  });

  it('ignores case when told to', () => {
    expect(one('ABC', 'string.equals', 'abc')).toBe(false);
    expect(one('ABC', 'string.equals', 'abc', { ignoreCase: true })).toBe(true);
    expect(one(['ABC'], 'array.contains', 'abc', { ignoreCase: true })).toBe(true);
  });

  it('fails for a value of another type, and names the row', () => {
    const rows = [
      { left: 1, operator: 'number.equals', right: 1 },
      { left: '1', operator: 'number.equals', right: 1 },
    ];
    const evaluate = () => evaluateConditions({ combinator: 'and', rows }, { itemIndex: 3 });
    expect(evaluate).toThrow(NodeError);
    expect(evaluate).toThrow("Wrong type: '1' is a string but was expecting a number [condition 1, item 3]");
    expect(evaluate).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ field: 'rows.1', itemIndex: 3 }) }),
    );
  });

  it('converts values when loose, and fails when their meaning is not certain', () => {
    const loose = { loose: true };
    expect(one('12', 'number.equals', 12, loose)).toBe(true);
    expect(one(12, 'string.equals', '12', loose)).toBe(true);
    expect(one('true', 'boolean.true', undefined, loose)).toBe(true);
    expect(one('[1]', 'array.lengthEquals', 1, loose)).toBe(true);
    expect(one('  ', 'number.empty', undefined, loose)).toBe(true);
    expect(() => one('x', 'number.equals', 1, loose)).toThrow(
      "Conversion error: the string 'x' can't be converted to a number",
    );
  });

  it('reads dates without a zone in the given one', () => {
    const group: ConditionGroup = {
      combinator: 'and',
      rows: [{ left: '2024-05-15T00:00', operator: 'dateTime.equals', right: '2024-05-15T04:00Z' }],
    };
    expect(evaluateConditions(group, { timezone: 'America/New_York' })).toBe(true);
    expect(evaluateConditions(group)).toBe(false);
  });

  it('fails for a pattern that does not parse', () => {
    expect(() => one('a', 'string.regex', '(')).toThrow(NodeError);
  });

  it('has a label for every operator and says whether it takes a right side', () => {
    for (const [key, operator] of Object.entries(OPERATORS)) {
      expect(key.startsWith(`${operator.type}.`)).toBe(true);
      expect(operator.label).not.toBe('');
    }
    expect(OPERATORS['string.empty']!.right).toBeNull();
    expect(OPERATORS['array.lengthGt']!.right).toBe('number');
    expect(OPERATORS['string.equals']!.right).toBe('string');
  });
});
