import { type ColumnType, type RowFilter, SYSTEM_COLUMNS, type TableColumn } from '#server/tables/schema.ts';
import { fromDraft } from '../cell-values.ts';

type Condition = RowFilter['conditions'][number];
interface Operator {
  label: string;
  /** What the server calls it. */
  is: Condition['operator'];
  /** The pattern for a text; what is not here compares with the value itself. */
  pattern?: (text: string) => string;
  unary?: boolean;
}

/** In a pattern, % and _ stand for other letters. */
const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&');

const EMPTY: Record<string, Operator> = {
  isEmpty: { label: 'is empty', is: 'isEmpty', unary: true },
  isNotEmpty: { label: 'is not empty', is: 'isNotEmpty', unary: true },
};

/** What can be asked of a column, by its type; the first is what a new condition asks. */
export const FILTER_OPERATORS: Record<ColumnType, Record<string, Operator>> = {
  string: {
    contains: { label: 'contains', is: 'ilike', pattern: (text) => `%${literally(text)}%` },
    eq: { label: 'equals', is: 'eq' },
    neq: { label: 'does not equal', is: 'neq' },
    startsWith: { label: 'starts with', is: 'ilike', pattern: (text) => `${literally(text)}%` },
    endsWith: { label: 'ends with', is: 'ilike', pattern: (text) => `%${literally(text)}` },
    ...EMPTY,
  },
  number: {
    eq: { label: '=', is: 'eq' },
    neq: { label: '≠', is: 'neq' },
    gt: { label: '>', is: 'gt' },
    gte: { label: '≥', is: 'gte' },
    lt: { label: '<', is: 'lt' },
    lte: { label: '≤', is: 'lte' },
    ...EMPTY,
  },
  boolean: {
    isTrue: { label: 'is yes', is: 'isTrue', unary: true },
    isFalse: { label: 'is no', is: 'isFalse', unary: true },
    ...EMPTY,
  },
  date: {
    gte: { label: 'is on or after', is: 'gte' },
    lt: { label: 'is before', is: 'lt' },
    ...EMPTY,
  },
};

/** A condition as it is being filled in. */
export interface DraftCondition {
  key: number;
  column: string;
  /** A key of FILTER_OPERATORS of the column's type. */
  operator: string;
  draft: string;
}

/** The columns of a table with those that every row has. */
export const filterColumns = (columns: readonly TableColumn[]): TableColumn[] => [
  ...columns,
  ...Object.entries(SYSTEM_COLUMNS).map(([name, type]) => ({ name, type })),
];

let keys = 0;
export const newCondition = ({ name, type }: TableColumn): DraftCondition => ({
  key: ++keys,
  column: name,
  operator: Object.keys(FILTER_OPERATORS[type])[0]!,
  draft: '',
});

/** null while it is not filled in, or asks for a column that has gone. */
export function readCondition(
  columns: readonly TableColumn[],
  { column, operator, draft }: DraftCondition,
): Condition | { problem: string } | null {
  const type = filterColumns(columns).find(({ name }) => name === column)?.type;
  const known = type && FILTER_OPERATORS[type][operator];
  if (!known) return null;
  if (known.unary) return { column, operator: known.is };
  if (draft === '') return null;
  const reading = fromDraft(draft, type);
  if ('problem' in reading) return reading;
  const value = known.pattern ? known.pattern(draft) : reading.value;
  return { column, operator: known.is, value };
}

/** What the server is asked: the conditions that are filled in. */
export function readFilter(
  columns: readonly TableColumn[],
  drafts: readonly DraftCondition[],
  match: RowFilter['match'],
): RowFilter {
  const read = drafts.map((draft) => readCondition(columns, draft));
  return { match, conditions: read.filter((one): one is Condition => one !== null && 'operator' in one) };
}

/** “visits ≥ 3” */
export function conditionInWords(
  columns: readonly TableColumn[],
  { column, operator, draft }: DraftCondition,
): string {
  const type = filterColumns(columns).find(({ name }) => name === column)?.type;
  const known = type && FILTER_OPERATORS[type][operator];
  if (!known) return column;
  if (known.unary) return `${column} ${known.label}`;
  return `${column} ${known.label} ${type === 'string' ? `“${draft}”` : draft.replace('T', ' ')}`;
}
