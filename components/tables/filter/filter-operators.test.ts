import { describe, expect, it } from 'vitest';
import { OPERATORS, type TableColumn } from '#server/tables/schema.ts';
import {
  conditionInWords,
  FILTER_OPERATORS,
  newCondition,
  readCondition,
  readFilter,
} from './filter-operators.ts';

const columns: TableColumn[] = [
  { name: 'email', type: 'string' },
  { name: 'visits', type: 'number' },
];
const condition = (column: string, operator: string, draft = '') => ({ key: 0, column, operator, draft });

describe('a condition', () => {
  it('asks the server in its words, and takes a text literally', () => {
    expect(readCondition(columns, condition('email', 'contains', '50%_a\\b'))).toEqual({
      column: 'email',
      operator: 'ilike',
      value: '%50\\%\\_a\\\\b%',
    });
    expect(readCondition(columns, condition('visits', 'gte', '3'))).toEqual({
      column: 'visits',
      operator: 'gte',
      value: 3,
    });
    expect(readCondition(columns, condition('createdAt', 'isEmpty'))).toEqual({
      column: 'createdAt',
      operator: 'isEmpty',
    });
    const known: readonly string[] = OPERATORS;
    for (const operators of Object.values(FILTER_OPERATORS))
      for (const { is } of Object.values(operators)) expect(known).toContain(is);
  });

  it('is not asked while it is not filled in, wrong, or about a column that has gone', () => {
    const drafts = [
      condition('email', 'contains'),
      condition('visits', 'gt', 'many'),
      condition('gone', 'eq', 'x'),
      condition('visits', 'lt', '5'),
    ];
    expect(readFilter(columns, drafts, 'any')).toEqual({
      match: 'any',
      conditions: [{ column: 'visits', operator: 'lt', value: 5 }],
    });
    expect(readCondition(columns, drafts[1]!)).toHaveProperty('problem');
  });

  it('begins with the first operator of the type, and can be read', () => {
    expect(newCondition(columns[1]!)).toMatchObject({ column: 'visits', operator: 'eq', draft: '' });
    expect(conditionInWords(columns, condition('visits', 'gte', '3'))).toBe('visits ≥ 3');
    expect(conditionInWords(columns, condition('email', 'isEmpty'))).toBe('email is empty');
  });
});
