import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const executionData = defineNode({
  type: 'execution-data',
  version: 1,
  kind: 'data',
  name: 'Execution data',
  category: 'Flow',
  description: 'Notes values of this execution in the log of the node.',
  search: ['custom data', 'metadata', 'highlight', 'tag', 'log'],
  icon: 'tags',
  color: 'slate',
  hidden: true,
  operations: {
    default: operation({
      label: 'Execution data',
      summary: 'Writes values into the log of its run and passes all items on.',
      effect: 'pure',
      fields: {
        data: field.list({
          label: 'Values',
          addLabel: 'Add value',
          fields: {
            key: field.text({ label: 'Name', placeholder: 'customerId' }),
            value: field.text({ label: 'Value', placeholder: '{{ $json.id }}' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1 } }],
    }),
  },
});
