import ICAL from 'ical.js';
import { NodeError } from '#engine/errors.ts';

export type Property = [
  name: string,
  parameters: Record<string, string | string[]>,
  type: string,
  ...values: unknown[],
];
export type Component = [name: string, properties: Property[], components: Component[]];

const MAX_DEPTH = 10;
/** In front of the value of a line; there is no need for more, and much more takes its reader very long. */
const MAX_PARAMETERS = 5_000;
const LINES_AT_ONCE = 200;

/**
 * The parts of a calendar file, a line at a time with `pause` in between. Throws NodeError(config) that names the line
 * which cannot be read.
 */
export async function parseCalendar(text: string, pause: () => Promise<void>): Promise<Component> {
  const open: Component[] = [['', [], []]];
  let number = 0;
  for (const line of logicalLines(text)) {
    if (++number % LINES_AT_ONCE === 0) await pause();
    takeLine(open, line, number);
  }
  const calendar = open[0]![2].find(([name]) => name === 'vcalendar');
  if (calendar && open.length === 1) return calendar;
  const why = calendar || open.length > 1 ? 'it ends too early' : 'it has no VCALENDAR';
  throw new NodeError('config', `The file is no readable calendar: ${why}.`, { retryable: false });
}

function takeLine(open: Component[], line: string, number: number): void {
  const top = open[open.length - 1]!;
  const [, word = '', given = ''] = /^(BEGIN|END):\s*([A-Za-z0-9-]{1,50})\s*$/i.exec(line.slice(0, 70)) ?? [];
  const name = given.toLowerCase();
  if (word.toUpperCase() === 'BEGIN') {
    const component: Component = [name, [], []];
    if (open.length > MAX_DEPTH) throw wrong(number, 'it is nested too deeply');
    top[2].push(component);
    open.push(component);
  } else if (word !== '') {
    if (open.length === 1 || top[0] !== name) throw wrong(number, 'it ends what did not begin');
    open.pop();
  } else if (open.length > 1) top[1].push(propertyOf(line, number));
}

function propertyOf(line: string, number: number): Property {
  if (/^(?:BEGIN|END):/i.test(line)) throw wrong(number, 'it names no part of a calendar');
  if (!/^(?:[^":]|"[^"]*")*:/.test(line.slice(0, MAX_PARAMETERS))) throw wrong(number, 'it has no value');
  try {
    return ICAL.parse.property(line) as unknown as Property;
  } catch {
    throw wrong(number, `“${line.slice(0, 40)}” is not well-formed`); // its reader's own words say less
  }
}

/** Long lines are folded: what goes on begins with a blank. */
function* logicalLines(text: string): Generator<string> {
  let parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    const line = text.slice(at, text[stop - 1] === '\r' ? stop - 1 : stop);
    at = stop + 1;
    if (/^[ \t]/.test(line) && parts.length > 0) parts.push(line.slice(1));
    else {
      if (parts.length > 0) yield parts.join('');
      parts = line.trim() === '' ? [] : [line];
    }
  }
  if (parts.length > 0) yield parts.join('');
}

const wrong = (line: number, why: string) =>
  new NodeError('config', `Line ${line} of the calendar cannot be read: ${why}.`, { retryable: false });
