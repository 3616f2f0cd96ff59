import { NodeError } from '#engine/errors.ts';
import type { MailAccount, MailQuery, ReceivedMail } from '#engine/mail.ts';
import type { OutboundRules } from '../outbound/connect.ts';
import { toSearch } from './criteria.ts';
import { dealWith, openClient, openMailbox, searchUids } from './mailbox.ts';
import { fetchMail } from './message.ts';

const WHOLE_TIMEOUT_MS = 15 * 60_000;
/** Texts and raw messages of one call together; files are not among them, since they are never held. */
const MAX_ALL_TEXT_BYTES = 100 * 1024 * 1024;

/** Reads a mailbox over a connection of its own, a message at a time. Throws NodeError; see MailDoor. */
export async function* readMail(
  query: MailQuery,
  account: MailAccount,
  rules: OutboundRules,
): AsyncGenerator<ReceivedMail> {
  const work = openClient(account, rules, { signal: query.signal, timeoutMs: WHOLE_TIMEOUT_MS });
  const { client } = work;
  try {
    const search = toSearch(query.criteria);
    await work.connect();
    await openMailbox(work, query);
    const uids = choose(await searchUids(work, search), query);
    let textBytes = 0;
    for (const uid of uids) {
      const mail = await fetchMail(client, uid, query.raw === true, work.explain);
      if (!mail) continue; // somebody else deleted it meanwhile
      textBytes += (mail.text?.length ?? 0) + (mail.html?.length ?? 0) + (mail.raw?.length ?? 0);
      if (textBytes > MAX_ALL_TEXT_BYTES) throw tooMuch();
      yield mail;
      work.check();
    }
    await dealWith(client, uids, query.after);
    await client.logout();
  } catch (thrown) {
    throw work.explain(thrown);
  } finally {
    work.close();
  }
}

function choose(found: readonly number[], { limit, order }: MailQuery): number[] {
  const uids = found.toSorted((a, b) => a - b);
  return order === 'oldest' ? uids.slice(0, limit) : uids.reverse().slice(0, limit);
}

const tooMuch = () =>
  new NodeError('limit', 'The messages have more than 100 MB of text. Read fewer at a time.', {
    field: 'limit',
    retryable: false,
  });
