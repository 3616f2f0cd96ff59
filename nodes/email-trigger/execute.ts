import type { Item } from '#engine/item.ts';
import { itemOfMail } from '../email-read/items.ts';
import { implement, type OperationContext, toMain } from '../implement.ts';
import { accountOf } from '../mail-account.ts';
import { emailTrigger } from './definition.ts';
import { type EmailTriggerInput, watchOf } from './watch.ts';

export const emailTriggerNode = implement(emailTrigger, {
  default: async (context) => {
    const given = context.items.some(({ json, files }) => Object.keys(json).length > 0 || files);
    return toMain(given ? context.items : await newest(context));
  },
});

/** Tried by hand: what the trigger would have given for the last message. It stays as it is. */
async function newest(context: OperationContext<EmailTriggerInput>): Promise<Item[]> {
  const { services, signal, log } = context;
  const input = context.input(0);
  const { mailbox, criteria, raw } = watchOf(input);
  const { data } = await context.credential('account');
  const account = accountOf(data, 'imap', input.options);
  const items: Item[] = [];
  const query = { mailbox, criteria, raw, limit: 1, order: 'newest' as const, after: {}, signal };
  for await (const mail of services.mail.read(query, account))
    items.push(
      await itemOfMail(mail, input, {
        files: services.files,
        signal,
        warn: (message) => log('warn', message),
      }),
    );
  return items;
}
