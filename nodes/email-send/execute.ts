import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { OutgoingFile, OutgoingMail } from '#engine/mail.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { fileOf } from '../item-files.ts';
import { accountOf } from '../mail-account.ts';
import { openOnce } from '../open-once.ts';
import { nameList } from '../paths.ts';
import { headerLine, parseAddresses } from './addresses.ts';
import { emailSend } from './definition.ts';

type Input = InputOf<(typeof emailSend)['operations']['default']['fields']>;

export const emailSendNode = implement(emailSend, {
  default: (context) => {
    const open = openOnce(context, 'account');
    return forEachItem(context, async (item, i, input) => {
      const mail = messageOf(context, item, i, input);
      const account = accountOf(await open(), 'smtp', input.options);
      const { sizeBytes, ...sent } = await context.services.mail.send(mail, account);
      return { json: { ...sent, messageSize: sizeBytes }, source: sourceAt(i) };
    });
  },
});

function messageOf(
  context: OperationContext<Input>,
  item: Item,
  itemIndex: number,
  input: Input,
): OutgoingMail {
  const { format, text, html, options } = input;
  const [from, second] = parseAddresses(input.from, 'from');
  if (!from || second)
    throw new NodeError('config', 'A message has one sender.', { field: 'from', itemIndex });
  const to = parseAddresses(input.to, 'to');
  if (to.length === 0)
    throw new NodeError('config', 'A message needs a recipient.', { field: 'to', itemIndex });
  const several = (name: 'cc' | 'bcc' | 'replyTo') => parseAddresses(options[name] ?? '', `options.${name}`);
  return {
    from,
    to,
    cc: several('cc'),
    bcc: several('bcc'),
    replyTo: several('replyTo'),
    subject: headerLine(input.subject.trim(), 'subject'),
    ...(format === 'html' ? {} : { text }),
    ...(format === 'text' ? {} : { html }),
    files: filesOf(context, item, itemIndex, input),
    messageId: messageIdOf(context.idempotencyKey(itemIndex), from.address),
    date: context.services.now(),
    signal: context.signal,
  };
}

function filesOf(
  { services }: OperationContext<Input>,
  item: Item,
  itemIndex: number,
  { files, format, html, options }: Input,
): OutgoingFile[] {
  return nameList(files).flatMap((key): OutgoingFile[] => {
    if (options.skipMissingFiles && !(item.files && Object.hasOwn(item.files, key))) return [];
    const file = fileOf(item, key, itemIndex, 'files');
    // A file that the HTML does not show has to look like an attachment.
    const shown = format !== 'text' && html.includes(`cid:${key}`);
    return [
      {
        name: headerLine(file.name ?? key, 'files'),
        mimeType: headerLine(file.mimeType, 'files'),
        sizeBytes: file.sizeBytes,
        ...(shown ? { contentId: headerLine(key, 'files') } : {}),
        open: () => services.files.open(file),
      },
    ];
  });
}

/** The same for the same item of the same run, so that a message that was sent twice can be recognised. */
function messageIdOf(key: string, sender: string): string {
  const domain = domainToASCII(sender.slice(sender.indexOf('@') + 1)) || 'localhost';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
}
