import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const set = defineNode({
  type: 'set',
  version: 1,
  kind: 'data',
  name: 'Edit fields',
  category: 'Data',
  description: 'Adds, changes or keeps only certain fields of every item.',
  search: ['set', 'map', 'rename', 'assign', 'transform', 'field', 'value', 'json', 'formatter'],
  icon: 'pencil-line',
  color: 'blue',
  operations: {
    default: operation({
      label: 'Edit fields',
      summary: 'Sets fields of every item, one by one or as JSON.',
      effect: 'pure',
      fields: {
        mode: field.select({
          label: 'Mode',
          options: [
            { value: 'fields', label: 'Fields', help: 'One row per field, with a type.' },
            {
              value: 'json',
              label: 'JSON',
              help: 'A JSON object, with {{ }} where values come from the item.',
            },
          ],
          default: 'fields',
          template: false,
        }),
        fields: field.assignments({
          label: 'Fields to set',
          help: 'A name like address.city reaches into objects.',
          showIf: { mode: ['fields'] },
        }),
        json: field.json({
          label: 'JSON',
          help: 'An object; its fields are put over those of the item.',
          placeholder: '{ "fullName": "{{ $json.first }} {{ $json.last }}" }',
          default: {},
          showIf: { mode: ['json'] },
        }),
        includeOther: field.select({
          label: 'Other fields of the item',
          options: [
            { value: 'all', label: 'Keep all' },
            { value: 'none', label: 'Drop all' },
            { value: 'selected', label: 'Keep only these' },
            { value: 'except', label: 'Keep all except these' },
          ],
          default: 'all',
        }),
        otherFields: field.text({
          label: 'Field names',
          help: 'Comma-separated.',
          placeholder: 'id, email',
          showIf: { includeOther: ['selected', 'except'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            dotNotation: field.boolean({
              label: 'Dots reach into objects',
              help: 'Off: “a.b” is one field with a dot in its name.',
              default: true,
            }),
            ignoreConversionErrors: field.boolean({
              label: 'Keep values that do not fit their type',
              help: 'Otherwise the node fails and names the field.',
            }),
            dropFiles: field.boolean({ label: 'Drop files' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1, fullName: 'Ada Lovelace', active: true } }],
    }),
  },
});
