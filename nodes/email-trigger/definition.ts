import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { type Fields, field } from '../fields.ts';
import { allowUnauthorized } from '../mail-account.ts';
import { afterFields, choosingFields, MAIL_SAMPLE, mailboxField, shapeFields } from '../mail-fields.ts';

/** The mailbox is looked into before there is an execution, so there is nothing that a template could be about. */
const literal = <F extends Fields>(fields: F): F =>
  Object.fromEntries(
    Object.entries(fields).map(([name, spec]) => [
      name,
      { ...spec, template: false, ...('fields' in spec ? { fields: literal(spec.fields) } : {}) },
    ]),
  ) as F;

export const emailTrigger = defineNode({
  type: 'email-trigger',
  version: 1,
  kind: 'trigger',
  name: 'E-mail received',
  category: 'Triggers',
  description: 'Starts the workflow when a message comes into a mailbox.',
  search: ['imap', 'mail', 'email', 'inbox', 'mailbox', 'message', 'incoming', 'attachment'],
  icon: 'inbox',
  color: 'emerald',
  startedBy: 'email',
  operations: {
    default: operation({
      label: 'When mail comes in',
      summary: 'Starts with every message that came in since the last look; tried by hand, with the newest.',
      effect: 'read',
      credentials: [{ name: 'account', label: 'Mailbox', types: ['imap'] }],
      fields: literal({
        mailbox: mailboxField,
        everyMinutes: field.number({
          label: 'Look every (minutes)',
          help: 'Messages from before the first activation do not count; those that come while the workflow is paused do, once it goes on.',
          default: 1,
          min: 1,
          max: 1_440,
          integer: true,
        }),
        which: field.select({
          label: 'New messages',
          options: [
            { value: 'all', label: 'All' },
            { value: 'unread', label: 'That nobody has read yet' },
            { value: 'search', label: 'By search' },
          ],
          default: 'all',
        }),
        ...choosingFields,
        start: field.select({
          label: 'Start the workflow',
          options: [
            { value: 'each', label: 'For every message' },
            {
              value: 'together',
              label: 'Once for all of them',
              help: 'With one item per message, 50 at most.',
            },
          ],
          default: 'each',
        }),
        ...shapeFields,
        ...afterFields,
        options: field.options({ label: 'Options', fields: { allowUnauthorized } }),
      }),
      inputs: NONE,
      outputs: MAIN,
      sample: MAIL_SAMPLE,
    }),
  },
});
