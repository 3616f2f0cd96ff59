import type { Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { MailAccount, MailQuery } from '#engine/mail.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { breathe } from '../item-files.ts';
import { jsonValue } from '../json-template.ts';
import { accountOf } from '../mail-account.ts';
import { openOnce } from '../open-once.ts';
import { emailRead } from './definition.ts';
import { afterOf, criteriaOf, itemOfMail, mailboxName } from './items.ts';

type Input = InputOf<(typeof emailRead)['operations']['default']['fields']>;

export const emailReadNode = implement(emailRead, {
  default: (context) => {
    const open = openOnce(context, 'account');
    return forEachItem(context, async (_item, i, input) =>
      readMailbox(context, i, input, accountOf(await open(), 'imap', input.options)),
    );
  },
});

async function readMailbox(
  context: OperationContext<Input>,
  itemIndex: number,
  input: Input,
  account: MailAccount,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const mail of context.services.mail.read(queryOf(context, itemIndex, input), account)) {
    await breathe(context);
    const item = await itemOfMail(mail, input, {
      files: context.services.files,
      signal: context.signal,
      warn: (message) => context.log('warn', message),
    });
    items.push({ ...item, source: sourceAt(itemIndex) });
  }
  return items;
}

function queryOf(context: OperationContext<Input>, itemIndex: number, input: Input): MailQuery {
  const { which, limit, order, format } = input;
  const search = which === 'search' ? jsonValue(context, 'search', input.search, itemIndex) : undefined;
  return {
    mailbox: mailboxName(input.mailbox, 'mailbox'),
    criteria: criteriaOf(which, search, input.filter),
    limit,
    order,
    raw: format === 'raw',
    after: afterOf(input),
    signal: context.signal,
  };
}
