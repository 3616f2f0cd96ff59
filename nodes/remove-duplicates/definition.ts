import { defineNode, MAIN, operation, type PortsOf } from '../define.ts';
import { field } from '../fields.ts';

const NEW_OR_KNOWN: PortsOf = [
  { name: 'main', label: 'New' },
  { name: 'known', label: 'Known' },
];
const scope = field.select({
  label: 'Remembered for',
  options: [
    { value: 'node', label: 'This node' },
    { value: 'workflow', label: 'The workflow', help: 'Shared by all such nodes of it.' },
  ],
  default: 'node',
  template: false,
});

export const removeDuplicates = defineNode({
  type: 'remove-duplicates',
  version: 1,
  kind: 'data',
  name: 'Remove duplicates',
  category: 'Data',
  description: 'Keeps only the first of items that are equal, here or over all executions.',
  search: ['unique', 'distinct', 'dedupe', 'deduplicate', 'same', 'repeated'],
  icon: 'copy-minus',
  color: 'blue',
  operations: {
    within: operation({
      label: 'Among the items',
      summary: 'Drops items that are equal to an earlier one.',
      effect: 'pure',
      fields: {
        compare: field.select({
          label: 'Compare',
          options: [
            { value: 'all', label: 'All fields' },
            { value: 'selected', label: 'Only these fields' },
            { value: 'except', label: 'All fields except these' },
          ],
          default: 'all',
        }),
        fields: field.text({
          label: 'Field names',
          help: 'Comma-separated.',
          placeholder: 'email',
          required: true,
          showIf: { compare: ['selected', 'except'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }),
            removeOtherFields: field.boolean({
              label: 'Keep only the compared fields',
              help: 'For “Only these fields”.',
            }),
            ignoreCase: field.boolean({
              label: 'Ignore capital letters',
              help: 'Treats “Ada” and “ada” as equal.',
            }),
            failIfMissing: field.boolean({
              label: 'Fail when an item lacks a field',
              help: 'Otherwise items without the field count as equal in it. For “Only these fields”.',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { email: 'ada@example.com' } }],
    }),
    seen: operation({
      label: 'Seen in earlier executions',
      summary:
        'Sends on what is new since the last executions; remembers it unless the workflow is only tried out.',
      effect: 'write',
      fields: {
        compare: field.select({
          label: 'An item is new when its value',
          options: [
            { value: 'key', label: 'has not been there before' },
            { value: 'number', label: 'is higher than any before' },
            { value: 'date', label: 'is later than any before' },
          ],
          default: 'key',
          template: false,
        }),
        value: field.text({ label: 'Value', required: true, placeholder: '{{ $json.id }}' }),
        scope,
        history: field.number({
          label: 'Remember at most',
          help: 'Values; the oldest are forgotten first.',
          default: 10_000,
          min: 1,
          max: 25_000,
          integer: true,
          showIf: { compare: ['key'] },
        }),
      },
      inputs: MAIN,
      outputs: NEW_OR_KNOWN,
      sample: [{ json: { id: 7 } }],
    }),
    forget: operation({
      label: 'Forget earlier executions',
      summary: 'Clears what is remembered, and sends the items on.',
      effect: 'write',
      fields: { scope },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 7 } }],
    }),
  },
});
