import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item } from '#engine/item.ts';
import type { MailCriterion, MailQuery, ReceivedMail } from '#engine/mail.ts';
import type { FileDoor } from '#engine/node.ts';
import type { InputOf } from '../fields.ts';
import { plainFileName, safeKey } from '../item-files.ts';
import type { afterFields, choosingFields, shapeFields } from '../mail-fields.ts';
import { parseCriteria } from './criteria.ts';
import { shapeMail } from './shape.ts';

/** Where the contents of files go, and who is told of one that is left out. */
export interface MailFiles {
  files: FileDoor;
  signal: AbortSignal;
  warn(message: string): void;
}

/** A message as an item, its attachments read. */
export async function itemOfMail(
  mail: ReceivedMail,
  { format, attachments, prefix }: InputOf<typeof shapeFields>,
  place: MailFiles,
): Promise<Item> {
  if (mail.shortened) place.warn(`Message ${mail.uid} is too long; its end is missing.`);
  const files = attachments ? await filesOf(mail, prefix, place) : {};
  return { json: shapeMail(mail, format), ...(Object.keys(files).length > 0 ? { files } : {}) };
}

/** A file that is too large must not keep all other messages from being read, now and for ever. */
async function filesOf(
  mail: ReceivedMail,
  prefix: string,
  { files: door, signal, warn }: MailFiles,
): Promise<Record<string, FileRef>> {
  const files: Record<string, FileRef> = {};
  for (const file of mail.files) {
    const name = plainFileName(file.name ?? '') || (file.mimeType === 'message/rfc822' ? 'message.eml' : '');
    const about = { ...(name ? { name } : {}), mimeType: file.mimeType, signal };
    try {
      files[safeKey(`${prefix}${Object.keys(files).length}`)] = await door.write(file.open(), about);
    } catch (thrown) {
      if (!(thrown instanceof NodeError) || thrown.data.kind !== 'limit') throw thrown;
      warn(`“${name || file.mimeType}” of message ${mail.uid} is left out: ${thrown.message}`);
    }
  }
  return files;
}

/** What messages have to be. `search` is the value of its field, rendered. Throws NodeError(config). */
export function criteriaOf(
  which: 'unread' | 'all' | 'search',
  search: unknown,
  filter: InputOf<typeof choosingFields>['filter'],
): MailCriterion[] {
  const chosen: MailCriterion[] =
    which === 'all' ? [] : which === 'unread' ? [{ flag: 'seen', is: false }] : parseCriteria(search);
  const { from, to, subject, text, since, before } = filter;
  for (const [field, has] of Object.entries({ from, to, subject, text }))
    if (has) chosen.push({ field: field as 'from', has });
  if (since) chosen.push({ date: 'since', day: since });
  if (before) chosen.push({ date: 'before', day: before });
  return chosen;
}

/** What happens to messages afterwards. Throws NodeError(config). */
export const afterOf = ({ after, moveTo }: InputOf<typeof afterFields>): NonNullable<MailQuery['after']> => ({
  ...(after === 'seen' ? { seen: true } : {}),
  ...(after === 'move' ? { moveTo: mailboxName(moveTo, 'moveTo') } : {}),
});

/** The name of a mailbox. Throws NodeError(config) for one that the protocol cannot say. */
export function mailboxName(text: string, field: string): string {
  const name = text.trim();
  if (/\p{Cc}/u.test(name)) throw new NodeError('config', 'A mailbox has a name of one line.', { field });
  return name;
}
