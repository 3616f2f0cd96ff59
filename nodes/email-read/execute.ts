import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { MailCriterion, MailQuery, ReceivedMail } from '#engine/mail.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { breathe, plainFileName, safeKey } from '../item-files.ts';
import { jsonValue } from '../json-template.ts';
import { accountOf } from '../mail-account.ts';
import { parseCriteria } from './criteria.ts';
import { emailRead } from './definition.ts';
import { shapeMail } from './shape.ts';

type Input = InputOf<(typeof emailRead)['operations']['default']['fields']>;

export const emailReadNode = implement(emailRead, {
  default: (context) => forEachItem(context, (_item, i, input) => readMailbox(context, i, input)),
});

async function readMailbox(
  context: OperationContext<Input>,
  itemIndex: number,
  input: Input,
): Promise<Item[]> {
  const account = accountOf(input, 'imap', input.options);
  const items: Item[] = [];
  for await (const mail of context.services.mail.read(queryOf(context, itemIndex, input), account)) {
    await breathe(context);
    if (mail.shortened) context.log('warn', `Message ${mail.uid} is too long; its end is missing.`);
    const files = input.attachments ? await filesOf(context, mail, input.prefix) : {};
    items.push({
      json: shapeMail(mail, input.format),
      ...(Object.keys(files).length > 0 ? { files } : {}),
      source: sourceAt(itemIndex),
    });
  }
  return items;
}

function queryOf(context: OperationContext<Input>, itemIndex: number, input: Input): MailQuery {
  const { after, moveTo, limit, order, format } = input;
  const mailbox = oneLine(input.mailbox, 'mailbox');
  return {
    mailbox,
    criteria: [...chosen(context, itemIndex, input), ...filtered(input.filter)],
    limit,
    order,
    raw: format === 'raw',
    after: {
      ...(after === 'seen' ? { seen: true } : {}),
      ...(after === 'move' ? { moveTo: oneLine(moveTo, 'moveTo') } : {}),
    },
    signal: context.signal,
  };
}

function chosen(
  context: OperationContext<Input>,
  itemIndex: number,
  { which, search }: Input,
): MailCriterion[] {
  if (which === 'all') return [];
  if (which === 'unread') return [{ flag: 'seen', is: false }];
  return parseCriteria(jsonValue(context, 'search', search, itemIndex));
}

function filtered({ from, to, subject, text, since, before }: Input['filter']): MailCriterion[] {
  const found: MailCriterion[] = [];
  for (const [field, has] of Object.entries({ from, to, subject, text }))
    if (has) found.push({ field: field as 'from', has });
  if (since) found.push({ date: 'since', day: since });
  if (before) found.push({ date: 'before', day: before });
  return found;
}

/** A file that is too large must not keep all other messages from being read, now and for ever. */
async function filesOf(
  { services, signal, log }: OperationContext<Input>,
  mail: ReceivedMail,
  prefix: string,
): Promise<Record<string, FileRef>> {
  const files: Record<string, FileRef> = {};
  for (const file of mail.files) {
    const name = plainFileName(file.name ?? '') || (file.mimeType === 'message/rfc822' ? 'message.eml' : '');
    const about = { ...(name ? { name } : {}), mimeType: file.mimeType, signal };
    try {
      files[safeKey(`${prefix}${Object.keys(files).length}`)] = await services.files.write(
        file.open(),
        about,
      );
    } catch (thrown) {
      if (!(thrown instanceof NodeError) || thrown.data.kind !== 'limit') throw thrown;
      log('warn', `“${name || file.mimeType}” of message ${mail.uid} is left out: ${thrown.message}`);
    }
  }
  return files;
}

function oneLine(text: string, field: string): string {
  const name = text.trim();
  if (/\p{Cc}/u.test(name)) throw new NodeError('config', 'A mailbox has a name of one line.', { field });
  return name;
}
