import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

/** Such code reads and changes what the workflow remembers between executions. */
export const usesStaticData = (source: unknown): boolean =>
  typeof source === 'string' && source.includes('getWorkflowStaticData');

export const code = defineNode({
  type: 'code',
  version: 1,
  kind: 'data',
  name: 'Code',
  category: 'Code',
  description: 'Runs your JavaScript in a sandbox without network or files.',
  search: ['javascript', 'js', 'script', 'function', 'custom', 'transform'],
  icon: 'code-xml',
  color: 'orange',
  operations: {
    default: operation({
      label: 'Run code',
      summary: 'Runs JavaScript once for all items, or once for each item.',
      // the sandbox has no doors to the outside, so a run may be repeated without harm, unless the workflow remembers it
      effect: ({ source }) => (usesStaticData(source) ? 'write' : 'pure'),
      fields: {
        mode: field.select({
          label: 'Run',
          options: [
            {
              value: 'all-items',
              label: 'Once for all items',
              help: '$input.all() are the items; return a list.',
            },
            {
              value: 'each-item',
              label: 'Once for each item',
              help: '$json is the item; return one object.',
            },
          ],
          default: 'all-items',
          template: false,
        }),
        language: field.select({
          label: 'Language',
          options: [{ value: 'javascript', label: 'JavaScript' }],
          default: 'javascript',
          template: false,
        }),
        source: field.code({
          label: 'Code',
          language: 'javascript',
          required: true,
          default:
            'for (const item of $input.all()) {\n  item.json.myNewField = 1;\n}\n\nreturn $input.all();',
        }),
        options: field.options({
          label: 'Options',
          fields: {
            timeoutMs: field.number({
              label: 'Time limit (ms)',
              default: 10_000,
              min: 100,
              max: 300_000,
              integer: true,
            }),
            memoryMb: field.number({
              label: 'Memory limit (MB)',
              default: 64,
              min: 16,
              max: 512,
              integer: true,
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1, myNewField: 1 } }],
    }),
  },
});
