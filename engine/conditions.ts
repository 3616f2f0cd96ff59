import { NodeError } from './errors.ts';
import { type ConditionType, OPERATORS } from './expression/condition-operators.ts';
import { convertValue, isConverted } from './expression/condition-values.ts';
import { ExpressionError, FatalExpressionError, isStackOverflow } from './expression/failures.ts';

export { type ConditionType, OPERATORS, type Operator } from './expression/condition-operators.ts';

/** The structure of a condition group; nodes/fields.ts declares the same for parameters. */
export interface ConditionGroup {
  combinator: 'and' | 'or';
  /** Compare text without regard to case. */
  ignoreCase?: boolean;
  /** Convert values to the operator's type first instead of failing. */
  loose?: boolean;
  rows: readonly { left: unknown; operator: string; right?: unknown }[];
}

export interface ConditionOptions {
  /** Named in messages. */
  itemIndex?: number;
  /** IANA zone of dates that state none; UTC by default. */
  timezone?: string;
}

/**
 * Does the group hold? Rows are evaluated until the answer is certain. Throws NodeError(config) with the field
 * `rows.N` when a value has the wrong type, or cannot be converted to it.
 */
export function evaluateConditions(conditions: ConditionGroup, options: ConditionOptions = {}): boolean {
  const holds = (row: ConditionGroup['rows'][number], index: number) =>
    evaluateRow(conditions, row, index, options);
  return conditions.combinator === 'or' ? conditions.rows.some(holds) : conditions.rows.every(holds);
}

function evaluateRow(
  group: ConditionGroup,
  row: ConditionGroup['rows'][number],
  index: number,
  options: ConditionOptions,
): boolean {
  const operator = Object.hasOwn(OPERATORS, row.operator) ? OPERATORS[row.operator] : undefined;
  if (operator === undefined) return false;
  const field = `rows.${index}`;
  const side = (value: unknown, type: ConditionType | 'any'): unknown => {
    if (type === 'any' || operator.checksPresence) return value;
    const converted = convertValue(value, type, group.loose === true, options.timezone ?? 'utc');
    if (isConverted(converted)) return converted.value;
    const place = options.itemIndex === undefined ? '' : ` [condition ${index}, item ${options.itemIndex}]`;
    throw new NodeError('config', converted.message + place, {
      field,
      itemIndex: options.itemIndex,
      detail: group.loose
        ? 'Change the value, or choose an operator for another type.'
        : 'Choose an operator for the type of the value, or turn on "Convert types".',
    });
  };
  try {
    const left = side(row.left, operator.type);
    const right = operator.right === null ? undefined : side(row.right, operator.right);
    return operator.test(caseless(left, group), operator.keepsCase ? right : caseless(right, group));
  } catch (error) {
    if (error instanceof FatalExpressionError)
      throw new NodeError(error.kind, error.message, { field, itemIndex: options.itemIndex });
    if (error instanceof ExpressionError)
      throw new NodeError('config', error.message, { field, itemIndex: options.itemIndex });
    if (isStackOverflow(error))
      throw new NodeError('limit', 'The pattern is too complex for this text', {
        field,
        itemIndex: options.itemIndex,
      });
    throw error;
  }
}

function caseless(value: unknown, group: ConditionGroup): unknown {
  if (!group.ignoreCase) return value;
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value))
    return value.map((element) => (typeof element === 'string' ? element.toLowerCase() : element));
  return value;
}
