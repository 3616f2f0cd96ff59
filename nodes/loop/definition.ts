import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const loop = defineNode({
  type: 'loop',
  version: 1,
  kind: 'logic',
  name: 'Loop over items',
  category: 'Flow',
  description: 'Hands out items in batches; connect the end of the loop’s body back to it.',
  search: ['loop', 'batch', 'split in batches', 'for each', 'iterate', 'repeat', 'chunk'],
  icon: 'repeat',
  color: 'cyan',
  cycle: 'loop',
  operations: {
    default: operation({
      label: 'Loop over items',
      summary: 'Sends the next batch to “loop” until none is left, then all results to “done”.',
      effect: 'pure',
      fields: {
        batchSize: field.number({
          label: 'Batch size',
          help: 'How many items each pass through the loop gets.',
          default: 1,
          min: 1,
          integer: true,
        }),
        options: field.options({
          label: 'Options',
          fields: {
            reset: field.boolean({
              label: 'Start again with what comes back',
              help: 'Treats the items that come back as a new list, for example the next page of an API.',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: [
        { name: 'done', label: 'done' },
        { name: 'loop', label: 'loop' },
      ],
      sample: [{ json: { id: 1 } }],
    }),
  },
});
