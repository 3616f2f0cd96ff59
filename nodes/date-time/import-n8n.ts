import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';
import { fromMoment } from './moment-pattern.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.dateTime'],
    map: (node, version) => (version < 2 ? mapFirst(node) : mapSecond(node)),
  },
];

/** Dates that name no zone were in that of the process, which is UTC unless an administrator says otherwise. */
const PROCESS_ZONE = 'UTC';

/** Since version 2 the result stood alone unless told otherwise. */
function mapSecond({ parameters }: N8nNode): ImportedNode | null {
  const options = record(parameters.options);
  const operation = text(parameters.operation, 'getCurrentDate');
  const onlyResult = options.includeInputFields === true ? undefined : true;
  const fromFormat = text(options.fromFormat) || undefined;
  const common = { onlyResult, fromFormat, fromZone: PROCESS_ZONE };
  const output = (name: string) =>
    parameters.outputFieldName === undefined ? name : text(parameters.outputFieldName);
  const date = parameters.date ?? '';
  switch (operation) {
    case 'getCurrentDate':
      return node('current', {
        includeTime: parameters.includeTime ?? undefined,
        output: output('currentDate'),
        options: { onlyResult, zone: text(options.timezone) || undefined },
      });
    case 'addToDate':
    case 'subtractFromDate':
      return node(operation === 'addToDate' ? 'add' : 'subtract', {
        date: parameters.magnitude ?? '',
        amount: parameters.duration ?? 0,
        unit: parameters.timeUnit ?? 'days',
        output: output('newDate'),
        options: common,
      });
    case 'formatDate':
      return node('format', {
        date,
        style: 'custom',
        pattern:
          parameters.format === 'custom'
            ? text(parameters.customFormat)
            : text(parameters.format, 'MM/dd/yyyy'),
        output: output('formattedDate'),
        options: { ...common, keepZone: options.timezone === true ? undefined : true },
      });
    case 'roundDate': {
      // Their “up” is the end of the month.
      const up = parameters.mode === 'roundUp';
      return node('round', {
        date,
        direction: up ? 'end' : 'down',
        unit: (up ? parameters.to : parameters.toNearest) ?? 'month',
        output: output('roundedDate'),
        options: common,
      });
    }
    case 'getTimeBetweenDates':
      return node('difference', {
        start: parameters.startDate ?? '',
        end: parameters.endDate ?? '',
        units: Array.isArray(parameters.units) ? parameters.units.join(', ') : (parameters.units ?? 'day'),
        output: output('timeDifference'),
        options: { ...common, iso: options.isoString === true || undefined },
      });
    case 'extractDate':
      return node('extract', {
        date,
        part: parameters.part ?? 'month',
        output: output('datePart'),
        options: common,
      });
    default:
      return null;
  }
}

/** Version 1 wrote patterns in the words of Moment.js, and knew the zone of the workflow only beside another one. */
function mapFirst({ parameters }: N8nNode): ImportedNode {
  const options = record(parameters.options);
  const differing: string[] = [];
  const translate = (value: unknown): string | undefined => {
    const written = text(value);
    if (written === '') return undefined;
    const result = fromMoment(written);
    if (written.includes('{{')) differing.push(written);
    else differing.push(...result.differing);
    return written.includes('{{') ? written : result.pattern;
  };
  const fromFormat = translate(options.fromFormat);
  const [fromZone, zone] = [text(options.fromTimezone), text(options.toTimezone)];
  const zones =
    fromZone === '' && zone === ''
      ? { fromZone: PROCESS_ZONE, zone: PROCESS_ZONE }
      : { fromZone: fromZone || undefined, zone: zone || undefined };
  const common = { date: parameters.value ?? '', output: text(parameters.dataPropertyName, 'data') };
  const made =
    parameters.action === 'calculate'
      ? node(parameters.operation === 'subtract' ? 'subtract' : 'add', {
          ...common,
          amount: parameters.duration ?? 0,
          unit: parameters.timeUnit ?? 'days',
          options: { fromFormat, fromZone: PROCESS_ZONE, zone: PROCESS_ZONE },
        })
      : node('format', {
          ...common,
          style: 'custom',
          pattern: translate(parameters.toFormat ?? 'MM/DD/YYYY'),
          options: { fromFormat, ...zones },
        });
  if (differing.length === 0) return made;
  return {
    ...made,
    approximated: `Its pattern has parts that are written differently here: ${differing.join(', ')}.`,
  };
}

const node = (operation: string, { options, ...parameters }: Values & { options: Values }): ImportedNode => ({
  type: 'date-time',
  parameters: compact({ operation, ...parameters, options: compact(options) }),
});
