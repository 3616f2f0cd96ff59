import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const summarize = defineNode({
  type: 'summarize',
  version: 1,
  kind: 'data',
  name: 'Summarize',
  category: 'Data',
  description: 'Counts, adds up or collects values of all items, in groups if you like.',
  search: ['pivot', 'group by', 'sum', 'count', 'average', 'total', 'minimum', 'maximum', 'statistics'],
  icon: 'sigma',
  color: 'blue',
  operations: {
    default: operation({
      label: 'Summarize',
      summary: 'Makes one item per group, with counts, sums and other figures.',
      effect: 'pure',
      fields: {
        values: field.list({
          label: 'Figures',
          addLabel: 'Add figure',
          required: true,
          fields: {
            aggregation: field.select({
              label: 'What',
              options: [
                { value: 'count', label: 'Count', help: 'How many items have a value.' },
                { value: 'countUnique', label: 'Count different values' },
                { value: 'sum', label: 'Sum' },
                { value: 'average', label: 'Average' },
                { value: 'min', label: 'Smallest' },
                { value: 'max', label: 'Largest' },
                { value: 'append', label: 'List of all values' },
                { value: 'concatenate', label: 'Text of all values' },
              ],
              default: 'count',
            }),
            field: field.text({ label: 'Field', required: true, placeholder: 'amount' }),
            name: field.text({
              label: 'Name in the result',
              help: 'Empty: made from the field, like sum_amount.',
              placeholder: 'total',
            }),
            includeEmpty: field.boolean({
              label: 'Count empty values too',
              showIf: { aggregation: ['countUnique', 'append', 'concatenate'] },
            }),
            separator: field.text({
              label: 'Between two values',
              default: ',',
              showIf: { aggregation: ['concatenate'] },
            }),
          },
        }),
        groupBy: field.text({
          label: 'Group by',
          help: 'Names of fields, comma-separated. Empty: all items are one group.',
          placeholder: 'country, status',
        }),
        options: field.options({
          label: 'Options',
          fields: {
            dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }),
            output: field.select({
              label: 'Result',
              options: [
                { value: 'items', label: 'One item per group' },
                { value: 'nested', label: 'One item', help: 'Groups become objects inside each other.' },
              ],
              default: 'items',
            }),
            skipEmptyGroups: field.boolean({
              label: 'Leave out items without a group',
              help: 'Whose fields to group by are missing or empty.',
            }),
            textNumbers: field.boolean({
              label: 'Add up numbers in text too',
              help: 'For sum and average: “12” counts as 12.',
              default: true,
            }),
            textGroups: field.boolean({ label: 'Values to group by become text' }),
            missing: field.select({
              label: 'When no item has a field',
              options: [
                { value: 'ignore', label: 'Go on', help: 'There is nothing to count.' },
                { value: 'fail', label: 'Fail' },
                { value: 'empty', label: 'Give one empty item' },
              ],
              default: 'ignore',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { country: 'IT', sum_amount: 420, count_id: 3 } }],
    }),
  },
});
