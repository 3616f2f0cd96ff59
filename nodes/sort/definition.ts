import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const sort = defineNode({
  type: 'sort',
  version: 1,
  kind: 'data',
  name: 'Sort',
  category: 'Data',
  description: 'Puts the items in order by one or more fields, or shuffles them.',
  search: ['order', 'arrange', 'ascending', 'descending', 'rank', 'shuffle', 'random'],
  icon: 'arrow-down-up',
  color: 'blue',
  operations: {
    default: operation({
      label: 'Sort',
      summary: 'Puts items in order by their fields, or in random order.',
      effect: 'pure',
      fields: {
        mode: field.select({
          label: 'Sort',
          options: [
            { value: 'fields', label: 'By fields' },
            { value: 'random', label: 'In random order' },
          ],
          default: 'fields',
        }),
        fields: field.list({
          label: 'Fields',
          help: 'Where the first field is equal, the next one decides.',
          addLabel: 'Add field',
          required: true,
          showIf: { mode: ['fields'] },
          fields: {
            name: field.text({ label: 'Field', required: true, placeholder: 'createdAt' }),
            direction: field.select({
              label: 'Order',
              options: [
                { value: 'ascending', label: 'Ascending', help: 'A to Z, 1 to 9, old to new.' },
                { value: 'descending', label: 'Descending', help: 'Z to A, 9 to 1, new to old.' },
              ],
              default: 'ascending',
            }),
          },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }),
            caseSensitive: field.boolean({
              label: 'Capital letters first',
              help: 'Otherwise “apple” and “Apple” count as equal.',
            }),
            blanks: field.select({
              label: 'Empty values',
              help: 'Fields that are missing or null.',
              options: [
                { value: 'last', label: 'At the end' },
                { value: 'first', label: 'At the start' },
                { value: 'zero', label: 'Null counts as 0' },
              ],
              default: 'last',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { name: 'Ada', score: 97 } }, { json: { name: 'Alan', score: 93 } }],
    }),
  },
});
