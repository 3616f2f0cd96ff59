import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const aggregate = defineNode({
  type: 'aggregate',
  version: 1,
  kind: 'data',
  name: 'Aggregate',
  category: 'Data',
  description: 'Collects all items into one.',
  search: ['collect', 'group', 'array', 'list', 'combine', 'concatenate', 'one item'],
  icon: 'group',
  color: 'blue',
  operations: {
    default: operation({
      label: 'Aggregate',
      summary: 'Makes one item that holds lists of the values of all items.',
      effect: 'pure',
      fields: {
        mode: field.select({
          label: 'Aggregate',
          options: [
            { value: 'fields', label: 'Single fields', help: 'One list per field.' },
            { value: 'all', label: 'Whole items', help: 'One list of objects.' },
          ],
          default: 'fields',
        }),
        fields: field.list({
          label: 'Fields',
          addLabel: 'Add field',
          required: true,
          showIf: { mode: ['fields'] },
          fields: {
            name: field.text({ label: 'Field', required: true, placeholder: 'email' }),
            rename: field.text({
              label: 'Name in the result',
              help: 'Empty: the same name.',
              placeholder: 'emails',
            }),
          },
        }),
        destination: field.text({
          label: 'Put the list in field',
          default: 'data',
          required: true,
          showIf: { mode: ['all'] },
        }),
        include: field.select({
          label: 'Fields of the items',
          options: [
            { value: 'all', label: 'All' },
            { value: 'selected', label: 'Only these' },
            { value: 'except', label: 'All except these' },
          ],
          default: 'all',
          showIf: { mode: ['all'] },
        }),
        includeFields: field.text({
          label: 'Field names',
          help: 'Comma-separated.',
          placeholder: 'id, email',
          required: true,
          showIf: { mode: ['all'], include: ['selected', 'except'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }),
            mergeLists: field.boolean({
              label: 'Merge lists',
              help: 'Values that are lists become one flat list.',
            }),
            keepMissing: field.boolean({
              label: 'Keep missing values',
              help: 'As null; otherwise null and missing values are left out.',
            }),
            failIfMissing: field.boolean({
              label: 'Fail when no item has a field',
              help: 'Otherwise its list is empty.',
            }),
            includeFiles: field.boolean({ label: 'Keep files' }),
            uniqueFiles: field.boolean({
              label: 'Keep only one of equal files',
              help: 'Equal: type, size and name.',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { email: ['ada@example.com', 'alan@example.com'] } }],
    }),
  },
});
