import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const renameKeys = defineNode({
  type: 'rename-keys',
  version: 1,
  kind: 'data',
  name: 'Rename fields',
  category: 'Data',
  description: 'Gives fields of the items other names.',
  search: ['rename', 'keys', 'map', 'field names', 'columns', 'regex'],
  icon: 'replace',
  color: 'blue',
  operations: {
    default: operation({
      label: 'Rename fields',
      summary: 'Renames fields one by one, or all that fit a pattern.',
      effect: 'pure',
      fields: {
        fields: field.list({
          label: 'Fields',
          addLabel: 'Add field',
          fields: {
            from: field.text({ label: 'Field', placeholder: 'first_name' }),
            to: field.text({
              label: 'New name',
              help: 'A name like address.city puts it into an object.',
              placeholder: 'firstName',
            }),
          },
        }),
        patterns: field.list({
          label: 'Patterns',
          help: 'Regular expressions, tried on the name of every field after the list above.',
          addLabel: 'Add pattern',
          fields: {
            pattern: field.text({ label: 'Pattern', placeholder: '^old_(.*)$', required: true }),
            replacement: field.text({
              label: 'Replace with',
              help: '$1 is what the first pair of brackets found.',
              placeholder: 'new_$1',
            }),
            ignoreCase: field.boolean({ label: 'Ignore capital letters' }),
            everyMatch: field.boolean({
              label: 'Replace every match in a name',
              help: 'Otherwise the first.',
            }),
            depth: field.number({
              label: 'How deep',
              help: '-1: also inside all objects and lists. 0: only the fields of the item itself.',
              default: -1,
              min: -1,
              integer: true,
            }),
          },
        }),
        options: field.options({
          label: 'Options',
          fields: { dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }) },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { firstName: 'Ada' } }],
    }),
  },
});
