import { DateTime, type DateTimeUnit, type DurationUnit } from 'luxon';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { derive, forEachItem, implement, type OperationContext } from '../implement.ts';
import { nameList, setPath, shallowCopy } from '../paths.ts';
import { dateTime } from './definition.ts';
import { readDate, validZone } from './read-date.ts';

const STYLES = { iso: '', day: 'yyyy-MM-dd', long: 'MMMM d yyyy', seconds: 'X', milliseconds: 'x' };
const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];

interface Options {
  zone?: string;
  onlyResult?: boolean;
  fromFormat?: string;
  fromZone?: string;
}
interface Input {
  output: string;
  options: Options;
}

export const dateTimeNode = implement(dateTime, {
  current: (context) => {
    const now = context.services.now();
    return each(context, (input) => {
      const date = DateTime.fromMillis(now, { zone: zoneOf(context, input.options) });
      return toText(input.includeTime ? date : date.startOf('day'));
    });
  },
  add: (context) =>
    each(context, (input) =>
      toText(read(context, input.date, input.options).plus({ [input.unit]: input.amount })),
    ),
  subtract: (context) =>
    each(context, (input) =>
      toText(read(context, input.date, input.options).minus({ [input.unit]: input.amount })),
    ),
  format: (context) =>
    each(context, ({ date, style, pattern, options }) => {
      if (date.trim() === '') return null;
      const found = options.keepZone
        ? readDate(date, readingOf(context, options), 'date')
        : read(context, date, options);
      if (style === 'iso') return toText(found);
      const text = found.toFormat(style === 'custom' ? pattern : STYLES[style], { locale: 'en' });
      return style === 'seconds' || style === 'milliseconds' ? Number(text) : text;
    }),
  round: (context) =>
    each(context, ({ date, direction, unit, options }) => {
      const found = read(context, date, options);
      const start = found.startOf(unit as DateTimeUnit);
      if (direction === 'end') return toText(found.endOf(unit as DateTimeUnit));
      const isExact = start.toMillis() === found.toMillis();
      return toText(direction === 'up' && !isExact ? start.plus({ [unit]: 1 }) : start);
    }),
  difference: (context) =>
    each(context, ({ start, end, units, options }) => {
      const zone = context.workflow.timezone;
      const reading = readingOf(context, options);
      const from = readDate(start, reading, 'start').setZone(zone);
      const between = readDate(end, reading, 'end').setZone(zone).diff(from, unitsOf(units));
      return options.iso ? between.toISO() : between.toObject();
    }),
  extract: (context) =>
    each(context, ({ date, part, options }) => {
      const found = read(context, date, options);
      return part === 'week' ? found.weekNumber : found[part];
    }),
});

/** Puts what `make` gives into the field that the parameters name, for every item. */
const each = <I extends Input>(context: OperationContext<I>, make: (input: I) => unknown) =>
  forEachItem(context, (item, itemIndex, input) => withResult(item, itemIndex, input, make(input)));

function withResult(item: Item, itemIndex: number, { output, options }: Input, value: unknown): Item {
  const json: JsonObject = options.onlyResult ? {} : shallowCopy(item.json);
  setPath(json, output, value);
  return derive(item, itemIndex, json);
}

const zoneOf = (context: OperationContext<unknown>, options: Options) =>
  options.zone ? validZone(options.zone, 'options.zone') : context.workflow.timezone;

const readingOf = (context: OperationContext<unknown>, options: Options) => ({
  zone: options.fromZone || context.workflow.timezone,
  format: options.fromFormat,
});

/** The date in the zone of the result. */
const read = (context: OperationContext<unknown>, date: string, options: Options): DateTime<true> =>
  readDate(date, readingOf(context, options), 'date').setZone(zoneOf(context, options)) as DateTime<true>;

function toText(date: DateTime): string {
  const text = date.toISO();
  if (text !== null) return text;
  throw new NodeError('config', 'The result is no date that can be written down.', { field: 'amount' });
}

/** `days, hours` or `["day"]`: with and without the s. */
function unitsOf(value: string): DurationUnit[] {
  const names = nameList(value.replace(/[[\]"']/g, '')).map((name) => name.toLowerCase().replace(/s$/, ''));
  const unknown = names.find((name) => !UNITS.includes(name));
  if (unknown !== undefined || names.length === 0)
    throw new NodeError('config', `“${unknown ?? value}” is no unit of time.`, { field: 'units' });
  return names as DurationUnit[];
}
