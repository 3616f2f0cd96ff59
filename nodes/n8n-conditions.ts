import type { Condition, Conditions } from './fields.ts';
import { record, rows, text } from './n8n-values.ts';

type Values = Record<string, unknown>;

/** Operation names of early versions. */
const OPERATIONS: Record<string, string> = {
  equal: 'equals',
  notEqual: 'notEquals',
  smaller: 'lt',
  smallerEqual: 'lte',
  larger: 'gt',
  largerEqual: 'gte',
  isEmpty: 'empty',
  isNotEmpty: 'notEmpty',
};
const LEGACY_DEFAULT: Record<string, string> = {
  boolean: 'equal',
  dateTime: 'after',
  number: 'smaller',
  string: 'equal',
};

/** The filter value of If 2, Filter 2 and Switch 3. `node` holds the options that versions kept beside it. */
export function conditionsOf(value: unknown, node: Values): Conditions {
  const filter = record(value);
  const stored = record(filter.options);
  const beside = record(node.options);
  const ignoresCase =
    stored.caseSensitive === undefined ? beside.ignoreCase === true : stored.caseSensitive === false;
  // Only what is stored as strict is strict: the first files do not state it, and were lenient.
  const loose = stored.typeValidation !== 'strict';
  return {
    combinator: filter.combinator === 'or' ? 'or' : 'and',
    ...(ignoresCase ? { ignoreCase: true } : {}),
    ...(loose ? { loose: true } : {}),
    rows: rows(filter, 'conditions').map(rowOf),
  };
}

function rowOf(condition: Values): Condition {
  const operator = record(condition.operator);
  const type = text(operator.type, 'string');
  const operation = text(operator.operation, 'equals');
  return {
    left: condition.leftValue,
    // `any` occurs in generated files, for questions that are the same for every type: is there a value?
    operator: `${type === 'any' ? 'string' : type}.${operation}`,
    ...(operator.singleValue === true ? {} : { right: condition.rightValue }),
  };
}

/** The conditions of If 1 and Filter 1, by type: `{number: [{value1, operation, value2}], string: […]}`. */
export function legacyConditions(value: unknown, combinator: 'and' | 'or'): Conditions {
  const groups = record(value);
  const list = Object.keys(LEGACY_DEFAULT).flatMap((type) =>
    rows(groups, type).map((row) =>
      legacyRow(type, text(row.operation, LEGACY_DEFAULT[type]), row.value1, row.value2),
    ),
  );
  return { combinator, loose: true, rows: list };
}

/** One legacy comparison; they converted values silently, hence `loose` above. */
export function legacyRow(type: string, operation: string, left: unknown, right: unknown): Condition {
  const blank = type === 'boolean' ? false : type === 'number' ? 0 : '';
  const name = OPERATIONS[operation] ?? operation;
  // A blank is a blank whatever the type: numbers have no test of their own for it.
  if (name === 'empty' || name === 'notEmpty') return { left: left ?? '', operator: `string.${name}` };
  return { left: left ?? blank, operator: `${type}.${name}`, right: right ?? blank };
}
