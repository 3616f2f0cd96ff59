import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const wait = defineNode({
  type: 'wait',
  version: 1,
  kind: 'logic',
  name: 'Wait',
  category: 'Flow',
  description: 'Pauses the execution for a time or until a date, then passes the items on.',
  search: ['delay', 'pause', 'sleep', 'until', 'timer', 'later'],
  icon: 'hourglass',
  color: 'cyan',
  operations: {
    default: operation({
      label: 'Wait',
      summary: 'Holds all items until the time has come; costs nothing while it waits.',
      effect: 'pure',
      fields: {
        mode: field.select({
          label: 'Resume',
          options: [
            { value: 'duration', label: 'After a time' },
            { value: 'until', label: 'At a date and time' },
          ],
          default: 'duration',
        }),
        amount: field.number({ label: 'Wait for', default: 5, min: 0, showIf: { mode: ['duration'] } }),
        unit: field.select({
          label: 'Unit',
          options: [
            { value: 'seconds', label: 'Seconds' },
            { value: 'minutes', label: 'Minutes' },
            { value: 'hours', label: 'Hours' },
            { value: 'days', label: 'Days' },
          ],
          default: 'seconds',
          showIf: { mode: ['duration'] },
        }),
        until: field.datetime({
          label: 'Date and time',
          help: 'In the workflow’s time zone unless it names another.',
          placeholder: '2027-01-31T09:00',
          required: true,
          showIf: { mode: ['until'] },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1 } }],
    }),
  },
});
