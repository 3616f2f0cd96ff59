import { evaluateConditions } from '#engine/conditions.ts';
import type { Conditions } from './fields.ts';
import type { OperationContext } from './implement.ts';

/** Are these conditions met? Throws NodeError(config) that names the row when a value does not fit its operator. */
export function meets(
  context: OperationContext<unknown>,
  conditions: Conditions,
  field: string,
  itemIndex: number,
): boolean {
  return evaluateConditions(conditions, { timezone: context.workflow.timezone, field, itemIndex });
}
