import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';
import { endingFields, pageFields } from '../form-fields.ts';

export const formTrigger = defineNode({
  type: 'form-trigger',
  version: 1,
  kind: 'trigger',
  name: 'Form',
  category: 'Triggers',
  description: 'Shows a form at an address of its own, and starts the workflow with what is filled in.',
  search: ['survey', 'questionnaire', 'input', 'upload', 'contact', 'lead', 'page'],
  icon: 'clipboard-list',
  color: 'emerald',
  startedBy: 'form',
  operations: {
    default: operation({
      label: 'When it is filled in',
      summary: 'Starts with one item that holds the answers by the names of the fields, and the files.',
      effect: 'pure',
      inputs: NONE,
      outputs: MAIN,
      credentials: [
        { name: 'auth', label: 'User and password', types: ['basic'], showIf: { authentication: ['basic'] } },
      ],
      fields: {
        ...pageFields,
        authentication: field.select({
          label: 'Who may send it',
          options: [
            { value: 'none', label: 'Everybody who has the address' },
            { value: 'basic', label: 'Who knows a user and a password' },
          ],
          default: 'none',
          template: false,
        }),
        respond: field.select({
          label: 'Show the end',
          options: [
            { value: 'immediately', label: 'At once', help: 'Unless the workflow has more pages.' },
            { value: 'last-node', label: 'When the workflow ends' },
          ],
          default: 'immediately',
          template: false,
        }),
        ...endingFields,
      },
      sample: [
        {
          json: { Name: 'Ada Lovelace', submittedAt: '2026-01-02T03:04:05.000Z', formMode: 'production' },
        },
      ],
    }),
  },
});
