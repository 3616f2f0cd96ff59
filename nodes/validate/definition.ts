import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const NUMBERS = ['number', 'integer'] as const;
const LONG = ['text', 'list', 'email', 'url', 'any'] as const;

export const validate = defineNode({
  type: 'validate',
  version: 1,
  kind: 'logic',
  name: 'Validate',
  category: 'Logic',
  description: 'Checks the fields of every item, and says what is wrong with those that do not fit.',
  search: ['validation', 'check', 'schema', 'rules', 'required', 'email', 'data quality', 'verify'],
  icon: 'clipboard-check',
  color: 'amber',
  cycle: 'branch',
  operations: {
    default: operation({
      label: 'Validate',
      summary: 'Sends items that keep all rules to “valid”, others with their errors to “invalid”.',
      effect: 'pure',
      fields: {
        rules: field.list({
          label: 'Rules',
          addLabel: 'Add rule',
          required: true,
          fields: {
            field: field.text({ label: 'Field', required: true, placeholder: 'email' }),
            type: field.select({
              label: 'Must be',
              options: [
                { value: 'any', label: 'Anything' },
                { value: 'text', label: 'Text' },
                { value: 'number', label: 'A number' },
                { value: 'integer', label: 'A whole number' },
                { value: 'boolean', label: 'Yes or no' },
                { value: 'list', label: 'A list' },
                { value: 'object', label: 'An object' },
                { value: 'date', label: 'A date', help: 'ISO text, like 2026-02-28.' },
                { value: 'email', label: 'An e-mail address' },
                { value: 'url', label: 'A web address' },
              ],
              default: 'any',
            }),
            required: field.boolean({ label: 'Required', help: 'Not missing, null or empty.' }),
            min: field.number({ label: 'At least', showIf: { type: NUMBERS } }),
            max: field.number({ label: 'At most', showIf: { type: NUMBERS } }),
            minLength: field.number({
              label: 'Shortest length',
              help: 'Characters of a text, or elements of a list.',
              min: 0,
              integer: true,
              showIf: { type: LONG },
            }),
            maxLength: field.number({
              label: 'Longest length',
              min: 0,
              integer: true,
              showIf: { type: LONG },
            }),
            pattern: field.text({
              label: 'Must match pattern',
              help: 'A regular expression.',
              placeholder: '^[A-Z]{2}-\\d+$',
              showIf: { type: ['text', 'any'] },
            }),
            oneOf: field.text({
              label: 'Must be one of',
              help: 'Comma-separated.',
              placeholder: 'new, paid, sent',
              showIf: { type: ['text', 'number', 'integer', 'any'] },
            }),
            message: field.text({ label: 'Message', help: 'Said instead of the usual one.' }),
          },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            dotNotation: field.boolean({ label: 'Dots reach into objects', default: true }),
            convert: field.boolean({
              label: 'Accept numbers and yes or no as text',
              help: '“12” becomes 12, “true” becomes true.',
            }),
            refuseOthers: field.boolean({ label: 'Refuse fields without a rule' }),
            errorsField: field.text({ label: 'Put the errors in field', default: 'errors' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: [
        { name: 'valid', label: 'valid' },
        { name: 'invalid', label: 'invalid' },
      ],
      sample: [
        {
          json: {
            email: 'ada',
            errors: [{ field: 'email', rule: 'type', message: 'email must be an e-mail address.' }],
          },
        },
      ],
    }),
  },
});
