import { NodeError } from '#engine/errors.ts';
import type { MailCriterion, MailFlag } from '#engine/mail.ts';

const MAX_CRITERIA = 100;
const MAX_DEPTH = 10;

const FLAGS: readonly MailFlag[] = ['seen', 'answered', 'flagged', 'deleted', 'draft'];
const FIELDS = ['from', 'to', 'cc', 'bcc', 'subject', 'body', 'text'] as const;
const DATES = ['since', 'before', 'on', 'sentSince', 'sentBefore', 'sentOn'] as const;

/** By the names of IMAP, how many arguments each takes and what it means. */
const KNOWN = new Map<string, { takes: number; make: (args: unknown[], depth: number) => MailCriterion }>([
  ['ALL', { takes: 0, make: () => ({ all: true }) }],
  ...FLAGS.flatMap((flag) => [
    [flag.toUpperCase(), { takes: 0, make: () => ({ flag, is: true }) }] as const,
    [`UN${flag.toUpperCase()}`, { takes: 0, make: () => ({ flag, is: false }) }] as const,
  ]),
  ...(['new', 'old', 'recent'] as const).map(
    (recent) => [recent.toUpperCase(), { takes: 0, make: () => ({ recent }) }] as const,
  ),
  ...FIELDS.map(
    (field) =>
      [field.toUpperCase(), { takes: 1, make: ([has]: unknown[]) => ({ field, has: text(has) }) }] as const,
  ),
  ...DATES.map(
    (date) =>
      [date.toUpperCase(), { takes: 1, make: ([day]: unknown[]) => ({ date, day: text(day) }) }] as const,
  ),
  ...(['larger', 'smaller'] as const).map(
    (size) =>
      [
        size.toUpperCase(),
        { takes: 1, make: ([bytes]: unknown[]) => ({ size, bytes: Number(bytes) }) },
      ] as const,
  ),
  [
    'UID',
    { takes: 1, make: ([uids]) => ({ uids: Array.isArray(uids) ? uids.map(text).join(',') : text(uids) }) },
  ],
  ['HEADER', { takes: 2, make: ([header, has]) => ({ header: text(header), has: text(has ?? '') }) }],
  ['NOT', { takes: 1, make: ([inner], depth) => ({ not: criterion(inner, depth) }) }],
  ['OR', { takes: 2, make: ([a, b], depth) => ({ or: [criterion(a, depth), criterion(b, depth)] }) }],
]);

/**
 * Conditions as IMAP programs write them in JSON: `["UNSEEN", ["SINCE", "2026-01-31"], ["OR", …, …]]`, `!` negates.
 * Throws NodeError(config) for anything that is not known: a condition that is left out finds too much.
 */
export function parseCriteria(value: unknown): MailCriterion[] {
  if (!Array.isArray(value) || value.length === 0) throw wrong('The search must be a list of conditions.');
  if (value.length > MAX_CRITERIA) throw wrong(`A search may have ${MAX_CRITERIA} conditions.`);
  return value.map((one) => criterion(one, 0));
}

function criterion(value: unknown, depth: number): MailCriterion {
  if (depth > MAX_DEPTH) throw wrong('The search is nested too deeply.');
  const [head, ...args] = Array.isArray(value) ? value : [value];
  const word = text(head);
  const name = word.replace(/^!/, '').toUpperCase();
  const known = KNOWN.get(name);
  if (!known) throw wrong(`“${name.slice(0, 50)}” is no condition that can be searched by.`);
  if (args.length !== known.takes)
    throw wrong(`The condition ${name} takes ${known.takes === 1 ? 'one value' : `${known.takes} values`}.`);
  const made = known.make(args, depth + 1);
  return word.startsWith('!') ? { not: made } : made;
}

function text(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw wrong('A condition is a name, or a list of a name and its values.');
}

const wrong = (message: string) => new NodeError('config', message, { field: 'search' });
