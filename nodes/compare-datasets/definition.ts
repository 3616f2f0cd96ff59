import { defineNode, operation } from '../define.ts';
import { field } from '../fields.ts';

export const compareDatasets = defineNode({
  type: 'compare-datasets',
  version: 1,
  kind: 'logic',
  name: 'Compare datasets',
  category: 'Flow',
  description: 'Finds out which items are new, changed, gone or the same in two lists.',
  search: ['diff', 'difference', 'changes', 'new items', 'missing', 'sync', 'compare'],
  icon: 'git-compare',
  color: 'cyan',
  operations: {
    default: operation({
      label: 'Compare datasets',
      summary: 'Pairs the items of A and B by fields, and sorts them by what differs.',
      effect: 'pure',
      fields: {
        match: field.list({
          label: 'Fields to match',
          help: 'Items belong together when these are equal.',
          addLabel: 'Add field',
          required: true,
          fields: {
            fieldA: field.text({ label: 'Field of A', required: true, placeholder: 'id' }),
            fieldB: field.text({ label: 'Field of B', help: 'Empty: the same name.', placeholder: 'userId' }),
          },
        }),
        resolve: field.select({
          label: 'When items differ, output',
          options: [
            { value: 'both', label: 'What is the same and what differs', help: 'Both values of each field.' },
            { value: 'a', label: 'The item of A' },
            { value: 'b', label: 'The item of B' },
            { value: 'mix', label: 'One of them, with some fields of the other' },
          ],
          default: 'both',
        }),
        prefer: field.select({
          label: 'Take the item of',
          options: [
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ],
          default: 'a',
          showIf: { resolve: ['mix'] },
        }),
        except: field.text({
          label: 'But these fields of the other',
          help: 'Comma-separated.',
          placeholder: 'quantity, price',
          showIf: { resolve: ['mix'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            skipFields: field.text({
              label: 'Fields that do not count',
              help: 'Comma-separated; they may differ.',
              placeholder: 'updatedAt',
            }),
            fuzzy: field.boolean({
              label: 'Compare loosely',
              help: 'Treats "3" and 3 as equal, "true" and true, and empty values of all kinds.',
            }),
            strictMissing: field.boolean({
              label: 'A missing field differs from an empty one',
              help: 'Also when comparing loosely.',
            }),
            multipleMatches: field.select({
              label: 'When several items of B match',
              options: [
                { value: 'first', label: 'Compare with the first' },
                { value: 'all', label: 'Compare with each' },
              ],
              default: 'first',
            }),
            dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }),
            nameA: field.text({ label: 'Name for values of A', default: 'inputA' }),
            nameB: field.text({ label: 'Name for values of B', default: 'inputB' }),
          },
        }),
      },
      inputs: [
        { name: 'input1', label: 'A' },
        { name: 'input2', label: 'B' },
      ],
      outputs: [
        { name: 'only-a', label: 'only in A' },
        { name: 'same', label: 'same' },
        { name: 'different', label: 'different' },
        { name: 'only-b', label: 'only in B' },
      ],
      sample: [
        {
          json: {
            keys: { id: 1 },
            same: { id: 1, name: 'Ada' },
            different: { city: { inputA: 'London', inputB: 'Turin' } },
          },
        },
      ],
    }),
  },
});
