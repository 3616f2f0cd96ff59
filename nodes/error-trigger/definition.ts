import { defineNode, MAIN, NONE, operation } from '../define.ts';

export const errorTrigger = defineNode({
  type: 'error-trigger',
  version: 1,
  kind: 'trigger',
  name: 'Error trigger',
  category: 'Triggers',
  description: 'Starts this workflow when an execution of a workflow that names it as error workflow fails.',
  search: ['failure', 'exception', 'alert', 'catch', 'on error'],
  icon: 'siren',
  color: 'rose',
  startedBy: 'error',
  operations: {
    default: operation({
      label: 'When an execution fails',
      summary: 'Starts with one item that tells which execution failed, where and why.',
      effect: 'pure',
      fields: {},
      inputs: NONE,
      outputs: MAIN,
      sample: [
        {
          json: {
            execution: {
              id: '3f0c…',
              url: 'https://linkflow.example/executions/3f0c…',
              mode: 'webhook',
              lastNodeExecuted: 'Send invoice',
              error: { message: 'The service answered 503', kind: 'upstream' },
            },
            workflow: { id: '8a11…', name: 'Orders' },
          },
        },
      ],
    }),
  },
});
