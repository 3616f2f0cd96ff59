import { OPERATORS } from '#engine/conditions.ts';
import type { Condition } from './fields.ts';
import { list } from './n8n-export-values.ts';
import { record, text } from './n8n-values.ts';

type Values = Record<string, unknown>;

/** The filter value of If, Filter and Switch. */
export function theirConditions(value: unknown): Values {
  const conditions = record(value);
  return {
    options: {
      caseSensitive: conditions.ignoreCase !== true,
      leftValue: '',
      typeValidation: conditions.loose === true ? 'loose' : 'strict',
      version: 2,
    },
    combinator: conditions.combinator === 'or' ? 'or' : 'and',
    conditions: list(conditions.rows).map((row, i) => theirRow(row as unknown as Condition, i)),
  };
}

/** The switches beside the conditions, which n8n's editor shows and goes by. */
export function conditionSwitches(value: unknown): Values {
  const { ignoreCase, loose } = record(value);
  return {
    ...(loose === true ? { looseTypeValidation: true } : {}),
    options: ignoreCase === true ? { ignoreCase: true } : {},
  };
}

function theirRow({ left, operator, right }: Condition, index: number): Values {
  const [type = 'string', ...rest] = text(operator).split('.');
  const operation = rest.join('.');
  return {
    id: String(index + 1),
    leftValue: left,
    ...(right === undefined ? {} : { rightValue: right }),
    operator: {
      type,
      operation,
      ...(right === undefined && OPERATORS[operator]?.right === null ? { singleValue: true } : {}),
    },
  };
}
