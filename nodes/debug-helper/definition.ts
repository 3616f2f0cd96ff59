import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const debugHelper = defineNode({
  type: 'debug-helper',
  version: 1,
  kind: 'data',
  name: 'Debug helper',
  category: 'Flow',
  description: 'Helps to try a workflow out: makes test data, fails on purpose, or uses up memory.',
  search: ['test', 'fake', 'random data', 'mock', 'error', 'fail', 'memory', 'sample'],
  icon: 'bug',
  color: 'slate',
  operations: {
    random: operation({
      label: 'Random data',
      summary: 'Makes items with invented people, addresses, ids and more.',
      effect: 'pure',
      fields: {
        kind: field.select({
          label: 'What',
          options: [
            { value: 'user', label: 'People' },
            { value: 'address', label: 'Addresses' },
            { value: 'email', label: 'E-mail addresses' },
            { value: 'location', label: 'Places on a map' },
            { value: 'creditCard', label: 'Card numbers', help: 'Right in form, but of no bank.' },
            { value: 'url', label: 'Web addresses' },
            { value: 'ipv4', label: 'IPv4 addresses' },
            { value: 'ipv6', label: 'IPv6 addresses' },
            { value: 'mac', label: 'MAC addresses' },
            { value: 'nanoid', label: 'Short ids' },
            { value: 'uuid', label: 'UUIDs' },
            { value: 'version', label: 'Version numbers' },
          ],
          default: 'user',
        }),
        count: field.number({ label: 'How many', default: 10, min: 1, max: 10_000, integer: true }),
        alphabet: field.text({
          label: 'Letters of an id',
          default: '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
          required: true,
          showIf: { kind: ['nanoid'] },
        }),
        length: field.number({
          label: 'Length of an id',
          default: 16,
          min: 1,
          max: 1000,
          integer: true,
          showIf: { kind: ['nanoid'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            seed: field.text({ label: 'Seed', help: 'The same seed gives the same data every time.' }),
            oneItem: field.boolean({ label: 'One item with a list' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { firstname: 'Ada', lastname: 'Moreau', email: 'ada.moreau@example.com' } }],
    }),
    fail: operation({
      label: 'Fail',
      summary: 'Fails with a message, to see what happens then.',
      effect: 'pure',
      fields: {
        message: field.text({ label: 'Message', default: 'This node failed on purpose.', required: true }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: {} }],
    }),
    memory: operation({
      label: 'Use memory',
      summary: 'Fills memory in a sandbox, to see where its limit is.',
      effect: 'pure',
      fields: {
        megabytes: field.number({
          label: 'How many megabytes',
          help: '0: until the sandbox stops it.',
          default: 10,
          min: 0,
          max: 10_000,
          integer: true,
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: {} }],
    }),
    nothing: operation({
      label: 'Do nothing',
      summary: 'Passes all items on.',
      effect: 'pure',
      fields: {},
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1 } }],
    }),
  },
});
