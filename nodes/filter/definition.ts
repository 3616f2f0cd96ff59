import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const filter = defineNode({
  type: 'filter',
  version: 1,
  kind: 'logic',
  name: 'Filter',
  category: 'Logic',
  description: 'Keeps the items that meet the conditions.',
  search: ['condition', 'keep', 'remove', 'where', 'only continue if'],
  icon: 'funnel',
  color: 'amber',
  cycle: 'branch',
  operations: {
    default: operation({
      label: 'Filter',
      summary: 'Keeps items that meet the conditions; the others leave by “discarded”.',
      effect: 'pure',
      fields: {
        conditions: field.conditions({
          label: 'Conditions',
          help: 'Without any, every item counts as meeting them.',
        }),
      },
      inputs: MAIN,
      outputs: [
        { name: 'main', label: 'kept' },
        { name: 'discarded', label: 'discarded' },
      ],
      sample: [{ json: { id: 1, active: true } }],
    }),
  },
});
