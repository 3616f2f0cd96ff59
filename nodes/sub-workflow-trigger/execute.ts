import type { JsonObject } from '#engine/item.ts';
import { coerce, type ValueType } from '../coerce.ts';
import { implement, passOn, toMain } from '../implement.ts';
import { subWorkflowTrigger } from './definition.ts';

export const subWorkflowTriggerNode = implement(subWorkflowTrigger, {
  default: ({ items, input }) => {
    const { inputs } = input(0);
    if (inputs.length === 0) return toMain(items);
    return toMain(items.map((item, i) => ({ ...passOn(item, i), json: pick(item.json, inputs, i) })));
  },
});

/** The declared fields only; a caller that leaves one out gives null. */
function pick(json: JsonObject, inputs: { name: string; type: ValueType }[], itemIndex: number): JsonObject {
  return Object.fromEntries(
    inputs.map(({ name, type }) => [name, coerce(json[name], type, { name, field: 'inputs', itemIndex })]),
  );
}
