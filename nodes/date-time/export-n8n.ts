import { core, on } from '../n8n-export-values.ts';
import type { ExportedNode, N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';
import { firstVersionOf } from './export-n8n-first.ts';

type Values = Record<string, unknown>;

/** What our ready-made formats look like as patterns. */
const PATTERNS: Record<string, string> = {
  iso: "yyyy-MM-dd'T'HH:mm:ss.SSSZZ",
  day: 'yyyy-MM-dd',
  long: 'MMMM dd yyyy',
  seconds: 'X',
  milliseconds: 'x',
};

export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const first =
    options.zone !== undefined && parameters.operation !== 'current' ? firstVersionOf(parameters) : undefined;
  if (first) return first;
  const common = compact({
    includeInputFields: options.onlyResult === true ? undefined : true,
    fromFormat: options.fromFormat,
  });
  const operation = String(parameters.operation ?? 'current');
  const node = (name: string, more: Values, same: string[] = []): ExportedNode =>
    core(
      'dateTime',
      2,
      { operation: name, options: common, ...more, outputFieldName: parameters.output },
      { same },
    );
  switch (operation) {
    case 'current':
      return node('getCurrentDate', {
        includeTime: parameters.includeTime === true ? undefined : parameters.includeTime,
        options: compact({ includeInputFields: common.includeInputFields, timezone: options.zone }),
      });
    case 'add':
    case 'subtract':
      return node(operation === 'add' ? 'addToDate' : 'subtractFromDate', {
        magnitude: parameters.date,
        duration: parameters.amount,
        timeUnit: parameters.unit,
      });
    case 'format':
      return node(
        'formatDate',
        {
          date: parameters.date,
          format: 'custom',
          customFormat: PATTERNS[String(parameters.style)] ?? parameters.pattern,
          options: { ...common, ...(options.keepZone === true ? {} : { timezone: true }) },
        },
        parameters.style === 'custom' ? [] : ['style', 'pattern'],
      );
    case 'round': {
      const up = parameters.direction !== 'down';
      return node('roundDate', {
        date: parameters.date,
        ...(up ? { mode: 'roundUp', to: parameters.unit } : { toNearest: parameters.unit }),
      });
    }
    case 'difference':
      return node(
        'getTimeBetweenDates',
        {
          startDate: parameters.start,
          endDate: parameters.end,
          units: unitsOf(String(parameters.units)),
          options: compact({ ...common, isoString: on(options.iso) }),
        },
        ['units'],
      );
    default:
      return node('extractDate', { date: parameters.date, part: parameters.part });
  }
};

/** Theirs are in the singular. */
const unitsOf = (units: string): unknown =>
  units.includes('{{')
    ? units
    : units
        .split(',')
        .map((unit) => unit.trim().replace(/s$/, ''))
        .filter((unit) => unit !== '');
