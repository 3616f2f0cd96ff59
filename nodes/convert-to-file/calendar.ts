import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { NodeError } from '#engine/errors.ts';
import type { InputOf } from '../fields.ts';
import type { convertToFile } from './definition.ts';

export type EventInput = InputOf<(typeof convertToFile)['operations']['calendar']['fields']>;
type Property = [name: string, parameters: Record<string, string>, type: string, ...values: unknown[]];

/** Where an event stands: the zone of the workflow, now, and an ID that stays the same when the step is repeated. */
export interface EventPlace {
  zone: string;
  /** ms since epoch */
  now: number;
  uid: string;
  itemIndex: number;
}

/** One event as the text of a calendar file. Throws NodeError(config) that names the field. */
export function calendarText(input: EventInput, place: EventPlace): string {
  const { options } = input;
  const head: Property[] = [
    ['version', {}, 'text', '2.0'],
    ['calscale', {}, 'text', 'GREGORIAN'],
    ['prodid', {}, 'text', '-//LinkFlow//Calendar//EN'],
    ['method', {}, 'text', 'PUBLISH'],
  ];
  if (options.calendarName) head.push(['x-wr-calname', {}, 'unknown', options.calendarName]);
  const calendar = ['vcalendar', head, [['vevent', eventProperties(input, place), []]]];
  return `${ICAL.stringify(calendar as never).trimEnd()}\r\n`;
}

function eventProperties({ title, start, end, allDay, options }: EventInput, place: EventPlace): Property[] {
  const from = timeOf(start, 'start', place);
  const to = timeOf(end, 'end', place);
  if (to < from) throw wrong('The event ends before it begins.', 'end', place);
  const properties: Property[] = [
    ['uid', {}, 'text', options.uid || place.uid],
    ['summary', {}, 'text', title],
    ['dtstamp', {}, 'date-time', utc(DateTime.fromMillis(place.now))],
  ];
  // The day behind the last is where an event of whole days ends.
  if (allDay) properties.push(day('dtstart', from), day('dtend', to.plus({ days: 1 })));
  else properties.push(['dtstart', {}, 'date-time', utc(from)], ['dtend', {}, 'date-time', utc(to)]);
  const texts = { description: options.description, location: options.location, status: options.status };
  for (const [name, value] of Object.entries(texts)) if (value) properties.push([name, {}, 'text', value]);
  if (options.url) properties.push(['url', {}, 'uri', oneLine(options.url)]);
  if (options.latitude !== undefined && options.longitude !== undefined)
    properties.push(['geo', {}, 'float', [options.latitude, options.longitude]]);
  for (const { name, email } of options.organizer ?? [])
    properties.push(['organizer', name ? { cn: name } : {}, 'cal-address', mailto(email)]);
  for (const { name, email, rsvp } of options.attendees ?? []) {
    const parameters = { rsvp: rsvp ? 'TRUE' : 'FALSE', ...(name ? { cn: name } : {}) };
    properties.push(['attendee', parameters, 'cal-address', mailto(email)]);
  }
  if (options.busy) properties.push(['x-microsoft-cdo-busystatus', {}, 'unknown', options.busy]);
  if (options.busy === 'FREE') properties.push(['transp', {}, 'text', 'TRANSPARENT']);
  if (options.repeat) properties.push(['rrule', {}, 'recur', ruleOf(options.repeat, place)]);
  if (options.sequence !== undefined) properties.push(['sequence', {}, 'integer', options.sequence]);
  return properties;
}

function timeOf(text: string, field: string, place: EventPlace): DateTime {
  const { zone } = place;
  const time = DateTime.fromISO(text.trim(), { zone });
  const read = time.isValid ? time : DateTime.fromSQL(text.trim(), { zone });
  if (read.isValid) return read;
  throw wrong(`“${text.slice(0, 60)}” is no time. Write it like 2026-05-01T12:00.`, field, place);
}

const utc = (time: DateTime): string => time.toUTC().startOf('second').toISO({ suppressMilliseconds: true })!;
const day = (name: string, time: DateTime): Property => [name, {}, 'date', time.toISODate()!];
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, '');
const mailto = (address: string): string => `mailto:${oneLine(address).replace(/^mailto:/i, '')}`;

/** Written anew from what was understood, so that nothing else gets into the file. */
function ruleOf(text: string, place: EventPlace): unknown {
  try {
    const rule = ICAL.Recur.fromString(text.trim().replace(/^RRULE:/i, '')).toJSON();
    if (rule.freq) return rule;
    throw new Error('it has no FREQ.');
  } catch (error) {
    throw wrong(`“${text.slice(0, 100)}” is no rule: ${(error as Error).message}`, 'options.repeat', place);
  }
}

const wrong = (message: string, field: string, { itemIndex }: EventPlace) =>
  new NodeError('config', message, { field, itemIndex });
