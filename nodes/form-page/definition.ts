import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { endingFields, pageFields } from '../form-fields.ts';

export const formPage = defineNode({
  type: 'form-page',
  version: 1,
  kind: 'action',
  name: 'Form page',
  category: 'Actions',
  description: 'Shows whoever filled in the form a further page, or how it ended.',
  search: ['form', 'next page', 'wizard', 'steps', 'completion', 'thank you', 'redirect'],
  icon: 'clipboard-pen',
  color: 'emerald',
  continuesForm: true,
  operations: {
    page: operation({
      label: 'Ask for more',
      summary: 'Waits until the page is filled in, and goes on with the answers.',
      effect: 'pure',
      inputs: MAIN,
      outputs: MAIN,
      fields: {
        ...pageFields,
        hours: field.number({
          label: 'Wait at most (hours)',
          help: 'Then the node fails.',
          default: 24 * 7,
          min: 1,
          max: 24 * 365,
        }),
      },
      sample: [{ json: { Name: 'Ada', submittedAt: '2026-01-02T03:04:05.000Z', formMode: 'production' } }],
    }),
    ending: operation({
      label: 'Show the end',
      summary: 'Tells whoever filled in the form that it is done, or sends the browser elsewhere.',
      effect: 'pure',
      inputs: MAIN,
      outputs: MAIN,
      fields: endingFields,
      sample: [{ json: { id: 1 } }],
    }),
  },
});
