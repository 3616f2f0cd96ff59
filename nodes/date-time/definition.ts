import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const UNITS = [
  'years',
  'quarters',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
] as const;
const PARTS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'weekday',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;
const ROUND_TO = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;

const labelled = <V extends string>(values: readonly V[]) =>
  values.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

const date = (label: string) =>
  field.text({
    label,
    help: 'ISO text, a timestamp in seconds or milliseconds, or a usual way of writing a date.',
    placeholder: '{{ $json.createdAt }}',
    required: true,
  });
const into = (name: string) =>
  field.text({ label: 'Put the result in field', default: name, required: true });
const result = {
  zone: field.text({
    label: 'Time zone of the result',
    help: 'Empty: the one of the workflow.',
    placeholder: 'Europe/Rome',
  }),
  onlyResult: field.boolean({ label: 'Drop the other fields of the item' }),
};
const reading = {
  fromFormat: field.text({
    label: 'How the date is written',
    help: 'Only where it is not understood: dd is the day, MM the month, yyyy the year, HH:mm the time.',
    placeholder: 'dd.MM.yyyy HH:mm',
  }),
  fromZone: field.text({
    label: 'Time zone of dates that name none',
    help: 'Empty: the one of the workflow.',
    placeholder: 'America/New_York',
  }),
};
const options = field.options({ label: 'Options', fields: { ...result, ...reading } });

/** Adding and subtracting differ in their words only. */
const shift = (label: string, summary: string) =>
  operation({
    label,
    summary,
    effect: 'pure',
    fields: {
      date: date('Date'),
      amount: field.number({ label: 'How many', default: 1 }),
      unit: field.select({ label: 'Unit', options: labelled(UNITS), default: 'days' }),
      output: into('newDate'),
      options,
    },
    inputs: MAIN,
    outputs: MAIN,
    sample: [{ json: { newDate: '2026-03-01T09:00:00.000+01:00' } }],
  });

export const dateTime = defineNode({
  type: 'date-time',
  version: 1,
  kind: 'data',
  name: 'Date & time',
  category: 'Data',
  description: 'Reads, changes, formats and compares dates.',
  search: ['date', 'time', 'calendar', 'format', 'timezone', 'now', 'duration', 'add days', 'difference'],
  icon: 'calendar-clock',
  color: 'blue',
  operations: {
    current: operation({
      label: 'Current date',
      summary: 'Puts the date and time of now into every item.',
      effect: 'pure',
      fields: {
        includeTime: field.boolean({ label: 'With the time', help: 'Otherwise midnight.', default: true }),
        output: into('currentDate'),
        options: field.options({ label: 'Options', fields: result }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { currentDate: '2026-02-28T09:00:00.000+01:00' } }],
    }),
    add: shift('Add to a date', 'Gives a date that is some days, hours or months later.'),
    subtract: shift('Subtract from a date', 'Gives a date that is some days, hours or months earlier.'),
    format: operation({
      label: 'Format a date',
      summary: 'Writes a date in another way.',
      effect: 'pure',
      fields: {
        date: { ...date('Date'), help: 'An empty one stays empty.', required: false },
        style: field.select({
          label: 'Format',
          options: [
            { value: 'iso', label: 'ISO', help: '2026-02-28T09:00:00.000+01:00' },
            { value: 'day', label: 'Day', help: '2026-02-28' },
            { value: 'long', label: 'In words', help: 'February 28 2026' },
            { value: 'seconds', label: 'Timestamp in seconds' },
            { value: 'milliseconds', label: 'Timestamp in milliseconds' },
            { value: 'custom', label: 'Your own' },
          ],
          default: 'day',
        }),
        pattern: field.text({
          label: 'Pattern',
          help: 'dd is the day, MM the month, yyyy the year, HH:mm:ss the time, ccc the weekday; other text in quotes.',
          default: 'dd.MM.yyyy',
          placeholder: 'dd.MM.yyyy HH:mm',
          required: true,
          showIf: { style: ['custom'] },
        }),
        output: into('formattedDate'),
        options: field.options({
          label: 'Options',
          fields: {
            ...result,
            ...reading,
            keepZone: field.boolean({
              label: 'Keep the time zone that the date names',
              help: 'Otherwise the time is that of the zone of the result.',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { formattedDate: '2026-02-28' } }],
    }),
    round: operation({
      label: 'Round a date',
      summary: 'Gives the start or the end of the day, month or year of a date.',
      effect: 'pure',
      fields: {
        date: date('Date'),
        direction: field.select({
          label: 'Round',
          options: [
            { value: 'down', label: 'Down', help: 'To the start of the unit.' },
            { value: 'up', label: 'Up', help: 'To the start of the next unit.' },
            { value: 'end', label: 'To the end', help: 'To the last millisecond of the unit.' },
          ],
          default: 'down',
        }),
        unit: field.select({ label: 'Unit', options: labelled(ROUND_TO), default: 'month' }),
        output: into('roundedDate'),
        options,
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { roundedDate: '2026-02-01T00:00:00.000+01:00' } }],
    }),
    difference: operation({
      label: 'Time between dates',
      summary: 'Says how much time lies between two dates.',
      effect: 'pure',
      fields: {
        start: date('Start'),
        end: date('End'),
        units: field.text({
          label: 'Units',
          help: 'Comma-separated: years, months, weeks, days, hours, minutes, seconds, milliseconds.',
          default: 'days',
          required: true,
        }),
        output: into('timeDifference'),
        options: field.options({
          label: 'Options',
          fields: {
            iso: field.boolean({ label: 'As ISO text', help: 'P3DT4H instead of one number per unit.' }),
            onlyResult: result.onlyResult,
            ...reading,
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { timeDifference: { days: 3 } } }],
    }),
    extract: operation({
      label: 'Part of a date',
      summary: 'Gives the year, month, day, hour or another part of a date as a number.',
      effect: 'pure',
      fields: {
        date: date('Date'),
        part: field.select({ label: 'Part', options: labelled(PARTS), default: 'month' }),
        output: into('datePart'),
        options,
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { datePart: 2 } }],
    }),
  },
});
