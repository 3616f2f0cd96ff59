import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const executeWorkflow = defineNode({
  type: 'execute-workflow',
  version: 1,
  kind: 'action',
  name: 'Sub-workflow',
  category: 'Flow',
  description: 'Runs another workflow with these items and goes on with what it returns.',
  search: ['execute workflow', 'call', 'subworkflow', 'child', 'function', 'reuse', 'module'],
  icon: 'workflow',
  color: 'cyan',
  operations: {
    default: operation({
      label: 'Run a workflow',
      summary: 'Runs another workflow and gives the items of its last node.',
      effect: 'write',
      fields: {
        source: field.select({
          label: 'Workflow',
          options: [
            { value: 'stored', label: 'From this workspace' },
            { value: 'inline', label: 'Written here' },
          ],
          default: 'stored',
          template: false,
        }),
        workflowId: field.workflow({
          label: 'Which one',
          required: true,
          showIf: { source: ['stored'] },
        }),
        workflowJson: field.json({
          label: 'Workflow file',
          help: 'A workflow as JSON, in LinkFlow’s or n8n’s format.',
          required: true,
          // Its nodes hold templates of their own, which belong to the inner workflow.
          template: false,
          showIf: { source: ['inline'] },
        }),
        mode: field.select({
          label: 'Run',
          options: [
            { value: 'once', label: 'Once with all items' },
            { value: 'each', label: 'Once for each item' },
          ],
          default: 'once',
        }),
        inputMode: field.select({
          label: 'Hand over',
          options: [
            { value: 'items', label: 'The items as they are' },
            { value: 'fields', label: 'Only these fields' },
          ],
          default: 'items',
        }),
        fields: field.assignments({
          label: 'Fields',
          showIf: { inputMode: ['fields'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            waitForEnd: field.boolean({
              label: 'Wait for its end',
              help: 'Off: goes on at once with the items it was given.',
              default: true,
            }),
          },
        }),
      },
      takesTogether: ({ mode = 'once' }) => mode === 'once',
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { result: 'done' } }],
    }),
  },
});
