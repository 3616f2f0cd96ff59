import { evaluateConditions } from '#engine/conditions.ts';
import { NodeError } from '#engine/errors.ts';
import type { Conditions } from './fields.ts';
import type { OperationContext } from './implement.ts';

/** Are these conditions met? Throws NodeError(config) that names the row when a value does not fit its operator. */
export function meets(
  context: OperationContext<unknown>,
  conditions: Conditions,
  field: string,
  itemIndex: number,
): boolean {
  try {
    return evaluateConditions(conditions, { timezone: context.workflow.timezone, itemIndex });
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    // The evaluator knows the row only; where the group stands among the parameters is known here.
    const place = error.data.field ? `${field}.${error.data.field}` : field;
    throw new NodeError(error.data.kind, error.message, { ...error.data, field: place });
  }
}
