import { DateTime, type DateTimeOptions } from 'luxon';
import { NodeError } from '#engine/errors.ts';
import { isSafeFormat } from '#engine/expression/safe-format.ts';

export interface Reading {
  /** Zone of dates that name none. */
  zone: string;
  /** Luxon pattern; empty: any known way of writing a date. */
  format?: string;
}

/** Ways of writing a date that ISO does not know. Without an offset; days before months only with dots. */
const DAYS = [
  'yyyy/M/d',
  'M/d/yyyy',
  'd.M.yyyy',
  'M-d-yyyy',
  'MMMM d yyyy',
  'MMMM d, yyyy',
  'MMM d yyyy',
  'MMM d, yyyy',
  'd MMMM yyyy',
  'd MMM yyyy',
];
const TIMES = [
  '',
  ' H:mm',
  ' H:mm:ss',
  ' h:mm a',
  ' h:mm:ss a',
  ', H:mm',
  ', H:mm:ss',
  ', h:mm a',
  ', h:mm:ss a',
];

/**
 * The date that a text or timestamp means, in the offset that it names, else in the zone. Timestamps of less than 12
 * digits count as seconds. Throws NodeError(config) that names the field.
 */
export function readDate(value: string, { zone, format }: Reading, field: string): DateTime<true> {
  const text = value.trim();
  if (text === '') throw new NodeError('config', 'The date is empty.', { field });
  if (format && !isSafeFormat(format))
    throw new NodeError('config', 'The pattern has too many fields side by side.', {
      field: 'options.fromFormat',
    });
  if (text.length > MAX_TEXT) throw notADate(text, format, field);
  const options: DateTimeOptions = { zone: validZone(zone, 'options.fromZone'), setZone: true };
  const date = format ? DateTime.fromFormat(text, format, options) : anyDate(text, options);
  if (date?.isValid) return date as DateTime<true>;
  throw notADate(text, format, field);
}

/** The longest that anybody writes has the name of a time zone in brackets. */
const MAX_TEXT = 200;

const notADate = (text: string, format: string | undefined, field: string) =>
  new NodeError(
    'config',
    `“${text.slice(0, 60)}” is no date.${format ? ` It should be written like ${format}.` : ''}`,
    {
      field,
      detail: format ? undefined : 'The option “How the date is written” helps with unusual dates.',
    },
  );

/** The zone itself; throws NodeError(config) when there is no such zone. */
export function validZone(zone: string, field: string): string {
  if (known.has(zone)) return zone;
  if (DateTime.utc().setZone(zone).isValid) {
    if (known.size < MAX_KNOWN) known.add(zone);
    return zone;
  }
  throw new NodeError('config', `“${zone}” is no time zone. One is written like Europe/Rome or UTC+2.`, {
    field,
  });
}

/** Zones that exist; the same few are asked for with every item. */
const known = new Set<string>();
const MAX_KNOWN = 1000;

function anyDate(text: string, options: DateTimeOptions): DateTime | undefined {
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text) && !/^(?:19|20)\d\d(?:\d{4})?$/.test(text))
    return timestamp(text, options);
  for (const read of [DateTime.fromISO, DateTime.fromSQL, DateTime.fromRFC2822, DateTime.fromHTTP]) {
    const date = read(text, options);
    if (date.isValid) return date;
  }
  for (const day of DAYS) {
    for (const time of TIMES) {
      const date = DateTime.fromFormat(text, day + time, { ...options, locale: 'en' });
      if (date.isValid) return date;
    }
  }
  return byHost(text, options);
}

function timestamp(text: string, options: DateTimeOptions): DateTime {
  const number = Number(text);
  const milliseconds = Math.abs(number) < 1e11 ? number * 1000 : number;
  return DateTime.fromMillis(Math.trunc(milliseconds), { zone: options.zone });
}

/** What JavaScript itself understands. Read as UTC where no offset is named, so that the machine's own zone is no matter. */
function byHost(text: string, options: DateTimeOptions): DateTime | undefined {
  if (/(?:GMT|UTC|Z|[+-]\d{2}:?\d{2})\b/.test(text)) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : DateTime.fromMillis(time, { zone: options.zone });
  }
  const time = Date.parse(`${text} UTC`);
  if (Number.isNaN(time)) return undefined;
  return DateTime.fromMillis(time, { zone: 'UTC' }).setZone(options.zone, { keepLocalTime: true });
}
