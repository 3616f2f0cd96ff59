import { DateTime } from 'luxon';
import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import { type Component, type Property, parseCalendar } from './calendar-lines.ts';

/**
 * A calendar file as `{version, prodId, …, events: [{uid, summary, start: {date, type}, …}], todos}`. Times become UTC;
 * those without a zone are taken as of `zone`. Repeated events stay one event with its rule. Throws NodeError.
 */
export async function readCalendar(
  text: string,
  zone: string,
  pause: () => Promise<void>,
): Promise<JsonObject> {
  const [, properties, components] = await parseCalendar(text, pause);
  const calendar: JsonObject = {};
  for (const property of properties) put(calendar, CALENDAR_NAMES, property, zone);
  const events: JsonObject[] = [];
  const todos: JsonObject[] = [];
  const zones: JsonObject[] = [];
  for (const component of components) {
    await pause();
    if (component[0] === 'vevent') events.push(entryOf(component, zone));
    else if (component[0] === 'vtodo') todos.push(entryOf(component, zone));
    else if (component[0] === 'vtimezone') zones.push(zoneId(component));
  }
  if (zones.length > 0) calendar.timezones = zones;
  calendar.events = events;
  if (todos.length > 0) calendar.todos = todos;
  return calendar;
}

/** Of one property: reading them takes the thread in one go. */
const MAX_VALUES = 5_000;

const CALENDAR_NAMES: Record<string, string> = {
  version: 'version',
  prodid: 'prodId',
  method: 'method',
  calscale: 'calendarScale',
  'x-wr-calname': 'name',
};

/** Our names of properties; others keep their own. */
const ENTRY_NAMES: Record<string, string> = {
  dtstamp: 'stamp',
  dtstart: 'start',
  dtend: 'end',
  due: 'due',
  'last-modified': 'lastModified',
  rrule: 'recurrenceRule',
  exdate: 'exceptionDates',
  rdate: 'recurrenceDates',
  'recurrence-id': 'recurrenceId',
  transp: 'timeTransparent',
  'percent-complete': 'percentComplete',
};
/** Given as lists even when there is one. */
const LISTS: ReadonlySet<string> = new Set([
  'categories',
  'exceptionDates',
  'recurrenceDates',
  'attendees',
  'comments',
]);

function entryOf([, properties, components]: Component, zone: string): JsonObject {
  const entry: JsonObject = {};
  for (const property of properties) put(entry, ENTRY_NAMES, property, zone);
  const alarms = components.filter(([name]) => name === 'valarm').map((alarm) => entryOf(alarm, zone));
  if (alarms.length > 0) entry.alarms = alarms;
  return entry;
}

function put(target: JsonObject, names: Record<string, string>, property: Property, zone: string): void {
  const [given, , , ...values] = property;
  const name =
    given === 'attendee'
      ? 'attendees'
      : given === 'comment'
        ? 'comments'
        : Object.hasOwn(names, given)
          ? names[given]!
          : given;
  if (name === '__proto__') return;
  if (values.length > MAX_VALUES)
    throw new NodeError('limit', `“${given}” in the calendar has more than ${MAX_VALUES} values.`, {
      retryable: false,
    });
  const read = values.map((value) => readValue(property, value, zone));
  if (LISTS.has(name)) {
    const list = Object.hasOwn(target, name) ? (target[name] as unknown[]) : [];
    for (const one of read) list.push(one);
    target[name] = list;
  } else if (!Object.hasOwn(target, name)) target[name] = read.length === 1 ? read[0] : read;
}

function readValue([name, parameters, type]: Property, value: unknown, zone: string): unknown {
  if (type === 'date' || type === 'date-time') return dateOf(String(value), type, parameters.tzid, zone);
  if (name === 'attendee' || name === 'organizer') return personOf(parameters, String(value));
  if (type === 'recur') return ruleOf(value as JsonObject);
  if (name === 'geo' && Array.isArray(value)) return { lat: value[0], lon: value[1] };
  return value;
}

function dateOf(text: string, type: string, tzid: unknown, zone: string): JsonObject {
  const known = typeof tzid === 'string' && DateTime.local({ zone: tzid }).isValid ? tzid : undefined;
  const time = DateTime.fromISO(text, { zone: type === 'date' ? 'utc' : (known ?? zone) });
  const date = time.isValid ? time.toUTC().toISO() : text;
  const local = typeof tzid === 'string' ? { local: { date: text, timezone: tzid } } : {};
  return { date, type: type === 'date' ? 'DATE' : 'DATE-TIME', ...local };
}

function personOf(parameters: Record<string, string | string[]>, address: string): JsonObject {
  const one = (name: string) => (typeof parameters[name] === 'string' ? parameters[name] : undefined);
  const person: JsonObject = { name: one('cn'), email: address.replace(/^mailto:/i, '') };
  for (const key of ['role', 'partstat', 'cutype']) if (one(key) !== undefined) person[key] = one(key);
  const rsvp = one('rsvp');
  if (rsvp !== undefined) person.rsvp = rsvp.toUpperCase() === 'TRUE';
  return person;
}

function ruleOf(rule: JsonObject): JsonObject {
  const { freq, ...rest } = rule;
  return { frequency: freq, ...rest };
}

const zoneId = ([, properties]: Component): JsonObject => ({
  id: properties.find(([name]) => name === 'tzid')?.[3],
});
