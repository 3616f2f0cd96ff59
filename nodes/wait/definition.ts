import { defineNode, MAIN, operation } from '../define.ts';
import { DURATION_UNITS } from '../duration.ts';
import { field } from '../fields.ts';

export const wait = defineNode({
  type: 'wait',
  version: 1,
  kind: 'logic',
  name: 'Wait',
  category: 'Flow',
  description:
    'Pauses the execution for a time, until a date or until its address is called, then passes items on.',
  search: ['delay', 'pause', 'sleep', 'until', 'timer', 'later', 'callback', 'resume', 'webhook'],
  icon: 'hourglass',
  color: 'cyan',
  operations: {
    default: operation({
      label: 'Wait',
      summary: 'Holds all items until the time has come or somebody calls; costs nothing while it waits.',
      effect: 'pure',
      fields: {
        mode: field.select({
          label: 'Resume',
          options: [
            { value: 'duration', label: 'After a time' },
            { value: 'until', label: 'At a date and time' },
            {
              value: 'call',
              label: 'When its address is called',
              help: 'Hand {{ $execution.resumeUrl }} to the caller in a node before this one. What it sends goes on as the item.',
            },
          ],
          default: 'duration',
        }),
        amount: field.number({ label: 'Wait for', default: 5, min: 0, showIf: { mode: ['duration'] } }),
        unit: field.select({
          label: 'Unit',
          options: DURATION_UNITS,
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
        limit: field.select({
          label: 'Without a call',
          options: [
            { value: 'none', label: 'Wait for ever' },
            { value: 'duration', label: 'Go on after a time', help: 'With the items that came in.' },
            { value: 'until', label: 'Go on at a date and time', help: 'With the items that came in.' },
          ],
          default: 'none',
          showIf: { mode: ['call'] },
        }),
        limitAmount: field.number({
          label: 'Go on after',
          default: 1,
          min: 0,
          showIf: { mode: ['call'], limit: ['duration'] },
        }),
        limitUnit: field.select({
          label: 'Unit',
          options: DURATION_UNITS,
          default: 'hours',
          showIf: { mode: ['call'], limit: ['duration'] },
        }),
        limitUntil: field.datetime({
          label: 'Go on at',
          help: 'In the workflow’s time zone unless it names another.',
          placeholder: '2027-01-31T09:00',
          required: true,
          showIf: { mode: ['call'], limit: ['until'] },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1 } }],
    }),
  },
});
