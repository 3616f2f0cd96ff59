import { defineNode, MAIN, operation } from '../define.ts';

export const noOp = defineNode({
  type: 'no-op',
  version: 1,
  kind: 'logic',
  name: 'Do nothing',
  category: 'Flow',
  description: 'Passes items on unchanged; keeps a drawing tidy where branches meet or end.',
  search: ['noop', 'pass', 'join', 'end', 'empty'],
  icon: 'arrow-right',
  color: 'slate',
  operations: {
    default: operation({
      label: 'Pass on',
      summary: 'Passes all items on unchanged.',
      effect: 'pure',
      fields: {},
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1, name: 'Ada' } }],
    }),
  },
});
