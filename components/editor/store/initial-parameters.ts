import { firstRowOf } from '#components/fields/first-row.ts';
import { type NodeDefinition, operationOf } from '#nodes/define.ts';

/**
 * What a node starts with when it is added by hand. Absent parameters count with their defaults, so this only opens a
 * first row where the form would otherwise be an empty list that must not be empty.
 */
export const initialParameters = (definition: NodeDefinition): Record<string, unknown> =>
  firstRowOf(operationOf(definition, {})?.fields ?? {});
