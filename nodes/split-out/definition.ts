import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const splitOut = defineNode({
  type: 'split-out',
  version: 1,
  kind: 'data',
  name: 'Split out',
  category: 'Data',
  description: 'Turns a list inside an item into one item per element.',
  search: ['split', 'array', 'list', 'explode', 'unnest', 'flatten', 'rows', 'iterate'],
  icon: 'ungroup',
  color: 'blue',
  operations: {
    default: operation({
      label: 'Split out',
      summary: 'Makes one item out of every element of a list.',
      effect: 'pure',
      fields: {
        fields: field.text({
          label: 'Fields to split out',
          help: 'Comma-separated. Several lists are walked side by side. $binary stands for the files of the item.',
          placeholder: 'items',
          required: true,
        }),
        include: field.select({
          label: 'Other fields',
          options: [
            { value: 'none', label: 'Drop' },
            { value: 'all', label: 'Repeat in every item' },
            { value: 'selected', label: 'Repeat these' },
          ],
          default: 'none',
        }),
        otherFields: field.text({
          label: 'Fields to repeat',
          help: 'Comma-separated.',
          placeholder: 'id, customer',
          required: true,
          showIf: { include: ['selected'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            destination: field.text({
              label: 'Name of the new field',
              help: 'Comma-separated, one per field. Without it, objects become the item itself.',
              placeholder: 'item',
            }),
            dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }),
            includeFiles: field.boolean({ label: 'Keep files' }),
            failIfNoList: field.boolean({
              label: 'Fail when there is no list',
              help: 'Otherwise an item without the field is dropped, and a single value counts as a list of one.',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { sku: 'A-1', quantity: 2 } }, { json: { sku: 'B-7', quantity: 1 } }],
    }),
  },
});
