import { Budget } from './budget.ts';
import { compileProgram } from './regex/program.ts';

export const CONDITION_TYPES = ['string', 'number', 'boolean', 'dateTime', 'array', 'object'] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

export interface Operator {
  type: ConditionType;
  label: string;
  /** Type of the right side; null: the operator takes none. */
  right: ConditionType | 'any' | null;
  /** Asks only whether there is a value, of whatever type. */
  checksPresence?: boolean;
  /** The right side is taken as written even when case is ignored (patterns). */
  keepsCase?: boolean;
  test(left: unknown, right: unknown): boolean;
}

type Test = (left: unknown, right: unknown) => boolean;

const isNothing = (value: unknown): boolean => value === undefined || value === null || Number.isNaN(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const not =
  (test: Test): Test =>
  (left, right) =>
    !test(left, right);

const isEmpty: Test = (left) => {
  if (isNothing(left) || left === '') return true;
  if (Array.isArray(left)) return left.length === 0;
  return typeof left === 'object' && left !== null && Object.keys(left).length === 0;
};

function matches(left: unknown, right: unknown): boolean {
  const wrapped = /^\/([\s\S]*)\/([a-z]*)$/.exec(text(right));
  const [source, flags] = wrapped ? [wrapped[1]!, wrapped[2]!] : [text(right), ''];
  return compileProgram(source === '' ? '(?:)' : source, flags).find(new Budget(), text(left), 0) !== null;
}

/** Comparisons with nothing on a side are false. */
const ordered =
  (test: (a: number, b: number) => boolean): Test =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number' && test(left, right);

const length =
  (test: (a: number, b: number) => boolean): Test =>
  (left, right) =>
    Array.isArray(left) && typeof right === 'number' && test(left.length, right);

const equal: Test = (left, right) => (left ?? undefined) === (right ?? undefined);
const contains: Test = (left, right) => Array.isArray(left) && left.includes(right);

/** Without a stated right side it has the operator's own type. */
type OperatorEntry = Omit<Operator, 'type' | 'right'> & { right?: Operator['right'] };

const OPERATOR_LIST: Record<ConditionType, Record<string, OperatorEntry>> = {
  string: {
    equals: { label: 'is equal to', test: (a, b) => text(a) === text(b) },
    notEquals: { label: 'is not equal to', test: (a, b) => text(a) !== text(b) },
    contains: { label: 'contains', test: (a, b) => text(a).includes(text(b)) },
    notContains: { label: 'does not contain', test: (a, b) => !text(a).includes(text(b)) },
    startsWith: { label: 'starts with', test: (a, b) => text(a).startsWith(text(b)) },
    notStartsWith: { label: 'does not start with', test: (a, b) => !text(a).startsWith(text(b)) },
    endsWith: { label: 'ends with', test: (a, b) => text(a).endsWith(text(b)) },
    notEndsWith: { label: 'does not end with', test: (a, b) => !text(a).endsWith(text(b)) },
    regex: { label: 'matches pattern', keepsCase: true, test: matches },
    notRegex: { label: 'does not match pattern', keepsCase: true, test: not(matches) },
  },
  number: {
    equals: { label: 'is equal to', test: equal },
    notEquals: { label: 'is not equal to', test: not(equal) },
    gt: { label: 'is greater than', test: ordered((a, b) => a > b) },
    lt: { label: 'is less than', test: ordered((a, b) => a < b) },
    gte: { label: 'is greater than or equal to', test: ordered((a, b) => a >= b) },
    lte: { label: 'is less than or equal to', test: ordered((a, b) => a <= b) },
  },
  boolean: {
    true: { label: 'is true', right: null, test: (a) => a === true },
    false: { label: 'is false', right: null, test: (a) => a === false },
    equals: { label: 'is equal to', test: equal },
    notEquals: { label: 'is not equal to', test: not(equal) },
  },
  dateTime: {
    equals: { label: 'is equal to', test: equal },
    notEquals: { label: 'is not equal to', test: not(equal) },
    after: { label: 'is after', test: ordered((a, b) => a > b) },
    before: { label: 'is before', test: ordered((a, b) => a < b) },
    afterOrEquals: { label: 'is after or equal to', test: ordered((a, b) => a >= b) },
    beforeOrEquals: { label: 'is before or equal to', test: ordered((a, b) => a <= b) },
  },
  array: {
    contains: { label: 'contains', right: 'any', test: contains },
    notContains: { label: 'does not contain', right: 'any', test: not(contains) },
    lengthEquals: { label: 'length is equal to', right: 'number', test: length((a, b) => a === b) },
    lengthNotEquals: { label: 'length is not equal to', right: 'number', test: length((a, b) => a !== b) },
    lengthGt: { label: 'length is greater than', right: 'number', test: length((a, b) => a > b) },
    lengthLt: { label: 'length is less than', right: 'number', test: length((a, b) => a < b) },
    lengthGte: {
      label: 'length is greater than or equal to',
      right: 'number',
      test: length((a, b) => a >= b),
    },
    lengthLte: { label: 'length is less than or equal to', right: 'number', test: length((a, b) => a <= b) },
  },
  object: {},
};

const COMMON = {
  exists: { label: 'exists', right: null, checksPresence: true, test: (a: unknown) => !isNothing(a) },
  notExists: { label: 'does not exist', right: null, checksPresence: true, test: isNothing },
  empty: { label: 'is empty', right: null, test: isEmpty },
  notEmpty: { label: 'is not empty', right: null, test: not(isEmpty) },
};

/** Every operator by `<type>.<operation>`, in the order of the editor's menu. */
export const OPERATORS: Readonly<Record<string, Operator>> = Object.fromEntries(
  CONDITION_TYPES.flatMap((type) =>
    Object.entries<OperatorEntry>({ ...COMMON, ...OPERATOR_LIST[type] }).map(
      ([name, operator]): [string, Operator] => [
        `${type}.${name}`,
        { ...operator, type, right: operator.right === undefined ? type : operator.right },
      ],
    ),
  ),
);
