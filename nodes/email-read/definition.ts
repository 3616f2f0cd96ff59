import type { Effect } from '#engine/node.ts';
import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { allowUnauthorized } from '../mail-account.ts';
import { afterFields, choosingFields, MAIL_SAMPLE, mailboxField, shapeFields } from '../mail-fields.ts';

export const emailRead = defineNode({
  type: 'email-read',
  version: 1,
  kind: 'action',
  name: 'Read e-mail',
  category: 'Actions',
  description: 'Reads messages from a mailbox, with their attachments.',
  search: ['imap', 'mail', 'email', 'inbox', 'mailbox', 'message', 'attachment', 'unread', 'fetch'],
  icon: 'inbox',
  color: 'rose',
  operations: {
    default: operation({
      label: 'Read a mailbox',
      summary: 'Gives one item per message found; put a schedule before it to look regularly.',
      effect: effectOf,
      fields: {
        mailbox: mailboxField,
        which: field.select({
          label: 'Messages',
          options: [
            { value: 'unread', label: 'Unread' },
            { value: 'all', label: 'All' },
            { value: 'search', label: 'By search' },
          ],
          default: 'unread',
        }),
        ...choosingFields,
        limit: field.number({ label: 'At most', default: 50, min: 1, max: 1_000, integer: true }),
        order: field.select({
          label: 'First come',
          options: [
            { value: 'newest', label: 'The newest' },
            { value: 'oldest', label: 'The oldest' },
          ],
          default: 'newest',
        }),
        ...shapeFields,
        ...afterFields,
        options: field.options({ label: 'Options', fields: { allowUnauthorized } }),
      },
      credentials: [{ name: 'account', label: 'Mailbox', types: ['imap'] }],
      inputs: MAIN,
      outputs: MAIN,
      sample: MAIL_SAMPLE,
    }),
  },
});

/** Looking changes nothing; marking and moving do. What a template chooses may be either. */
function effectOf({ after = 'nothing' }: Record<string, unknown>): Effect {
  return after === 'nothing' ? 'read' : 'write';
}
