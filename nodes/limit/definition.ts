import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const limit = defineNode({
  type: 'limit',
  version: 1,
  kind: 'data',
  name: 'Limit',
  category: 'Data',
  description: 'Lets only a certain number of items through.',
  search: ['first', 'last', 'top', 'take', 'slice', 'head', 'tail', 'maximum'],
  icon: 'list-end',
  color: 'blue',
  operations: {
    default: operation({
      label: 'Limit',
      summary: 'Keeps the first or the last items and drops the rest.',
      effect: 'pure',
      fields: {
        maxItems: field.number({ label: 'How many items', default: 1, min: 0, integer: true }),
        keep: field.select({
          label: 'Keep',
          options: [
            { value: 'first', label: 'The first ones' },
            { value: 'last', label: 'The last ones' },
          ],
          default: 'first',
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1 } }],
    }),
  },
});
