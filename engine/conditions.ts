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
  const any = conditions.combinator === 'or';
  for (let index = 0; index < conditions.rows.length; index++)
    if (evaluateRow(conditions, conditions.rows[index]!, index, options) === any) return any;
  return !any;
}

function evaluateRow(
  group: ConditionGroup,
  row: ConditionGroup['rows'][number],
  index: number,
  options: ConditionOptions,
): boolean {
  const operator = Object.hasOwn(OPERATORS, row.operator) ? OPERATORS[row.operator] : undefined;
  if (operator === undefined) return false;
  try {
    const bare = operator.checksPresence === true;
    const left = bare ? row.left : side(group, row.left, operator.type, index, options);
    const right =
      operator.right === null
        ? undefined
        : bare || operator.right === 'any'
          ? row.right
          : side(group, row.right, operator.right, index, options);
    return operator.test(caseless(left, group), operator.keepsCase ? right : caseless(right, group));
  } catch (error) {
    const field = `rows.${index}`;
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

/** The value of one side as its operator compares it. */
function side(
  group: ConditionGroup,
  value: unknown,
  type: ConditionType,
  index: number,
  { timezone = 'utc', itemIndex }: ConditionOptions,
): unknown {
  const converted = convertValue(value, type, group.loose === true, timezone);
  if (isConverted(converted)) return converted.value;
  const place = itemIndex === undefined ? '' : ` [condition ${index}, item ${itemIndex}]`;
  throw new NodeError('config', converted.message + place, {
    field: `rows.${index}`,
    itemIndex,
    detail: group.loose
      ? 'Change the value, or choose an operator for another type.'
      : 'Choose an operator for the type of the value, or turn on "Convert types".',
  });
}

function caseless(value: unknown, group: ConditionGroup): unknown {
  if (!group.ignoreCase) return value;
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value))
    return value.map((element) => (typeof element === 'string' ? element.toLowerCase() : element));
  return value;
}
