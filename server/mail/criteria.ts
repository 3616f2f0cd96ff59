import type { SearchObject } from 'imapflow';
import { NodeError } from '#engine/errors.ts';
import type { MailCriterion } from '#engine/mail.ts';

/**
 * Criteria that all have to hold, as imapflow takes them. Throws NodeError(config) for anything that would be left out of
 * the search: one condition less finds more messages, and those may get moved.
 */
export function toSearch(criteria: readonly MailCriterion[]): SearchObject {
  const [first, ...rest] = criteria;
  if (!first) return { all: true };
  // An object holds each condition once, so the next ones go inside: OR of one condition is that condition.
  const own = one(first);
  if (rest.length === 0) return own;
  return { ...('or' in own ? { not: { not: own } } : own), or: [toSearch(rest)] };
}

function one(criterion: MailCriterion): SearchObject {
  if ('all' in criterion) return { all: true };
  if ('flag' in criterion) return { [criterion.flag]: criterion.is };
  if ('recent' in criterion) return { [criterion.recent]: true };
  if ('field' in criterion) return { [criterion.field]: checkedText(criterion.has) };
  if ('header' in criterion)
    return { header: { [headerName(criterion.header)]: checkedText(criterion.has, true) } };
  if ('date' in criterion) return { [criterion.date]: day(criterion.day) };
  if ('size' in criterion) return { [criterion.size]: bytes(criterion.bytes) };
  if ('uids' in criterion) return { uid: uidSet(criterion.uids) };
  if ('not' in criterion) return { not: one(criterion.not) };
  return { or: criterion.or.map(one) };
}

function checkedText(text: string, mayBeEmpty = false): string {
  if (/[\r\n\0]/.test(text)) throw wrong('A search text must be one line.');
  if (text === '' && !mayBeEmpty) throw wrong('A search text is empty.');
  return text;
}

function headerName(name: string): string {
  if (!/^[\w-]{1,100}$/.test(name)) throw wrong(`“${name.slice(0, 100)}” is no name of a header.`);
  return name;
}

/** The day that the text names, as it names it: servers compare days without regard to zones. */
function day(text: string): Date {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw wrong(`“${text.slice(0, 100)}” is no date.`);
  return new Date(/^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? new Date(time).toISOString().slice(0, 10));
}

function bytes(size: number): number {
  if (!Number.isSafeInteger(size) || size < 1) throw wrong('A size is a number of bytes.');
  return size;
}

function uidSet(uids: string): string {
  if (!/^(?:\d+|\*)(?::(?:\d+|\*))?(?:,(?:\d+|\*)(?::(?:\d+|\*))?)*$/.test(uids))
    throw wrong(`“${uids.slice(0, 100)}” is no set of message numbers, such as 120:*.`);
  return uids;
}

const wrong = (message: string) => new NodeError('config', message, { field: 'search' });
