import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

/** Such code reads and changes what the workflow remembers between executions, which Python cannot. */
export const remembers = ({ language, source }: Record<string, unknown>): boolean =>
  language !== 'python' && typeof source === 'string' && source.includes('getWorkflowStaticData');

export const code = defineNode({
  type: 'code',
  version: 1,
  kind: 'data',
  name: 'Code',
  category: 'Code',
  description: 'Runs your JavaScript or Python in a sandbox without network or files.',
  search: ['javascript', 'js', 'python', 'script', 'function', 'custom', 'transform'],
  icon: 'code-xml',
  color: 'orange',
  operations: {
    default: operation({
      label: 'Run code',
      summary: 'Runs JavaScript or Python once for all items, or once for each item.',
      // the sandbox has no doors to the outside, so a run may be repeated without harm, unless the workflow remembers it
      effect: (parameters) => (remembers(parameters) ? 'write' : 'pure'),
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
          options: [
            { value: 'javascript', label: 'JavaScript' },
            {
              value: 'python',
              label: 'Python',
              help: 'Python 3.14 with its standard library. Starting it takes a moment.',
            },
          ],
          default: 'javascript',
          template: false,
        }),
        source: field.code({
          label: 'Code',
          language: 'javascript',
          required: true,
          showIf: { language: ['javascript'] },
          default:
            'for (const item of $input.all()) {\n  item.json.myNewField = 1;\n}\n\nreturn $input.all();',
        }),
        python: field.code({
          label: 'Code',
          help: 'The names are those of JavaScript with _ in place of $: _input.all(), _json, _now, _("Other node").first(). What you print goes to the log.',
          language: 'python',
          required: true,
          default: 'for item in _input.all():\n    item.json.my_new_field = 1\n\nreturn _input.all()',
          showIf: { language: ['python'] },
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
      takesTogether: ({ mode = 'all-items' }) => mode === 'all-items',
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1, myNewField: 1 } }],
    }),
  },
});
