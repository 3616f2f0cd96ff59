import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const ifNode = defineNode({
  type: 'if',
  version: 1,
  kind: 'logic',
  name: 'If',
  category: 'Logic',
  description: 'Sends every item down one of two branches.',
  search: ['condition', 'branch', 'true', 'false', 'decision', 'route', 'compare'],
  icon: 'split',
  color: 'amber',
  cycle: 'branch',
  operations: {
    default: operation({
      label: 'If',
      summary: 'Sends items that meet the conditions to “true”, the others to “false”.',
      effect: 'pure',
      fields: {
        conditions: field.conditions({
          label: 'Conditions',
          help: 'Without any, every item counts as meeting them.',
        }),
      },
      inputs: MAIN,
      outputs: [
        { name: 'true', label: 'true' },
        { name: 'false', label: 'false' },
      ],
      sample: [{ json: { id: 1, total: 250 } }],
    }),
  },
});
