import type { MailAccount, MailCriterion, MailQuery, ReceivedMail } from '#engine/mail.ts';
import type { OutboundRules } from '../outbound/connect.ts';
import { toSearch } from './criteria.ts';
import { dealWith, type MailboxWork, openClient, openMailbox, searchUids } from './mailbox.ts';
import { fetchMail } from './message.ts';

/** How far a mailbox was read. Numbers of messages mean something only together with the validity that they had. */
export interface MailPlace {
  uidValidity: string;
  /** The last message that was looked at. */
  lastUid: number;
}

export interface NewMailQuery {
  mailbox: string;
  /** All of them have to hold. */
  criteria: MailCriterion[];
  /** null: never looked into before. */
  place: MailPlace | null;
  /** ms since epoch: where there is no place, or it is of other numbers, what came in from then on is new. */
  since: number;
  limit: number;
  /** Messages as they stand in the mailbox, instead of their parts. */
  raw: boolean;
  after: NonNullable<MailQuery['after']>;
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface NewMail {
  uidValidity: string;
  /** By number, the oldest first. */
  uids: readonly number[];
  /** Where to go on once all of these were taken: messages that are not wanted count as looked at. */
  lastUid: number;
  /** There are further ones. */
  more: boolean;
  /** The server has given its messages other numbers since the last time. */
  renumbered: boolean;
  /** undefined: it is gone. Files are to be read before the next message is asked for. */
  read(uid: number): Promise<ReceivedMail | undefined>;
  /** Marks or moves messages as the query says. */
  finish(uids: readonly number[]): Promise<void>;
}

const DAY_MS = 86_400_000;
/** Of a mailbox that nobody has looked into, no more are asked when they came. */
const MAX_RECENT = 2_000;
/** Of all messages of one look, attachments included; the rest comes with the next. */
const MAX_BYTES = 50 * 1024 * 1024;

/** Hands over what is new in a mailbox, over a connection that ends with the work. Throws NodeError as MailDoor does. */
export async function withNewMail<T>(
  query: NewMailQuery,
  account: MailAccount,
  rules: OutboundRules,
  take: (mail: NewMail) => Promise<T>,
): Promise<T> {
  const work = openClient(account, rules, query);
  const { client } = work;
  const guarded = async <R>(step: () => Promise<R>): Promise<R> => {
    work.check();
    return step().catch((thrown: unknown) => {
      throw work.explain(thrown);
    });
  };
  try {
    const found = await guarded(async () => {
      await work.connect();
      await openMailbox(work, query);
      return findNew(work, query);
    });
    const result = await take({
      ...found,
      read: (uid) => guarded(() => fetchMail(client, uid, query.raw, work.explain)),
      finish: (uids) => guarded(() => dealWith(client, uids, query.after)),
    });
    await guarded(() => client.logout());
    return result;
  } finally {
    work.close();
  }
}

type Found = Omit<NewMail, 'read' | 'finish'>;

async function findNew(work: MailboxWork, query: NewMailQuery): Promise<Found> {
  const { mailbox } = work.client;
  if (!mailbox) throw new Error('No mailbox is open');
  const uidValidity = String(mailbox.uidValidity);
  const known = query.place?.uidValidity === uidValidity ? query.place.lastUid : null;
  const before = known ?? (await lastBefore(work, query.since, mailbox.uidNext - 1));
  // “from here to the last one” always holds the last one, however old it is
  const criteria = [...query.criteria, { uids: `${before + 1}:*` }];
  const fresh = (await searchUids(work, toSearch(criteria))).filter((uid) => uid > before);
  const uids = await fitting(work, fresh.toSorted((a, b) => a - b).slice(0, query.limit));
  const more = fresh.length > uids.length;
  return {
    uidValidity,
    uids,
    more,
    lastUid: more ? uids.at(-1)! : Math.max(before, mailbox.uidNext - 1, ...uids),
    renumbered: query.place !== null && known === null,
  };
}

/** As many as may be held at the same time, one at least. */
async function fitting({ client }: MailboxWork, uids: readonly number[]): Promise<number[]> {
  if (uids.length <= 1) return [...uids];
  const sizes = new Map<number, number>();
  for await (const { uid, size = 0 } of client.fetch(
    uids.join(','),
    { uid: true, size: true },
    { uid: true },
  ))
    sizes.set(uid, size);
  let total = 0;
  const tooMany = uids.findIndex((uid, i) => (total += sizes.get(uid) ?? 0) > MAX_BYTES && i > 0);
  return tooMany === -1 ? [...uids] : uids.slice(0, tooMany);
}

/** The last message that came before that time. Servers search by days only, so the hours are looked at here. */
async function lastBefore(work: MailboxWork, since: number, newest: number): Promise<number> {
  const day = new Date(since - DAY_MS).toISOString();
  const found = await searchUids(work, toSearch([{ date: 'since', day }]));
  const recent = found.toSorted((a, b) => a - b).slice(-MAX_RECENT);
  if (recent.length === 0) return newest;
  const from = Math.floor(since / 1_000) * 1_000;
  let first = Number.POSITIVE_INFINITY;
  const fields = { uid: true, internalDate: true };
  for await (const { uid, internalDate } of work.client.fetch(recent.join(','), fields, { uid: true }))
    if (internalDate && new Date(internalDate).getTime() >= from) first = Math.min(first, uid);
  return Number.isFinite(first) ? first - 1 : newest;
}
