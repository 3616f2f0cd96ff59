import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';

export const subWorkflowTrigger = defineNode({
  type: 'sub-workflow-trigger',
  version: 1,
  kind: 'trigger',
  name: 'When called by a workflow',
  category: 'Triggers',
  description: 'Starts this workflow when a “Sub-workflow” node of another one calls it.',
  search: ['sub-workflow', 'subworkflow', 'execute workflow', 'call', 'function', 'child'],
  icon: 'log-in',
  color: 'emerald',
  startedBy: 'workflow',
  operations: {
    default: operation({
      label: 'When another workflow calls it',
      summary: 'Starts with the items that the calling workflow hands over.',
      effect: 'pure',
      fields: {
        inputs: field.list({
          label: 'Expected fields',
          help: 'Only these fields are taken over; missing ones become null. Empty: everything is taken as it comes.',
          addLabel: 'Add field',
          template: false,
          fields: {
            name: field.text({ label: 'Name', required: true, placeholder: 'customerId', template: false }),
            type: field.select({
              label: 'Type',
              options: [
                { value: 'any', label: 'Any' },
                { value: 'string', label: 'Text' },
                { value: 'number', label: 'Number' },
                { value: 'boolean', label: 'Yes/no' },
                { value: 'array', label: 'List' },
                { value: 'object', label: 'Object' },
              ],
              default: 'any',
              template: false,
            }),
          },
        }),
      },
      inputs: NONE,
      outputs: MAIN,
      sample: [{ json: { customerId: 42 } }],
    }),
  },
});
