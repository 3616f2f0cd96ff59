import type { Effect } from '#engine/node.ts';
import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { accountFields, allowUnauthorized } from '../mail-account.ts';

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
        mailbox: field.text({
          label: 'Mailbox',
          help: 'A folder of the account.',
          default: 'INBOX',
          required: true,
        }),
        which: field.select({
          label: 'Messages',
          options: [
            { value: 'unread', label: 'Unread' },
            { value: 'all', label: 'All' },
            { value: 'search', label: 'By search' },
          ],
          default: 'unread',
        }),
        search: field.json({
          label: 'Search',
          help: 'A list of IMAP conditions that all have to hold: ["UNSEEN", ["SINCE", "2026-01-31"], ["FROM", "ada"]]. A “!” before a name turns it round.',
          placeholder: '["UNSEEN", ["SUBJECT", "invoice"]]',
          default: ['UNSEEN'],
          showIf: { which: ['search'] },
        }),
        filter: field.options({
          label: 'Only messages',
          fields: {
            from: field.text({ label: 'From', help: 'A part of name or address.', placeholder: 'ada@' }),
            to: field.text({ label: 'To', help: 'A part of name or address.' }),
            subject: field.text({ label: 'Subject has', placeholder: 'invoice' }),
            text: field.text({ label: 'Text has' }),
            since: field.datetime({ label: 'Since', help: 'That day and later.' }),
            before: field.datetime({ label: 'Before', help: 'Earlier than that day.' }),
          },
        }),
        limit: field.number({ label: 'At most', default: 50, min: 1, max: 1_000, integer: true }),
        order: field.select({
          label: 'First come',
          options: [
            { value: 'newest', label: 'The newest' },
            { value: 'oldest', label: 'The oldest' },
          ],
          default: 'newest',
        }),
        format: field.select({
          label: 'Give',
          options: [
            { value: 'simple', label: 'Text and headers' },
            {
              value: 'resolved',
              label: 'Everything, taken apart',
              help: 'Addresses as names and addresses.',
            },
            { value: 'raw', label: 'The message as it is', help: 'As mail programs keep it (.eml).' },
          ],
          default: 'simple',
        }),
        attachments: field.boolean({
          label: 'Attachments too',
          help: 'As files of the item.',
          showIf: { format: ['simple', 'resolved'] },
        }),
        prefix: field.text({
          label: 'Name of the files',
          help: 'A number follows: attachment_0, attachment_1 …',
          default: 'attachment_',
          showIf: { attachments: [true], format: ['simple', 'resolved'] },
        }),
        after: field.select({
          label: 'Afterwards',
          options: [
            { value: 'nothing', label: 'Leave them as they are' },
            { value: 'seen', label: 'Mark them as read' },
            { value: 'move', label: 'Move them to another mailbox' },
          ],
          default: 'nothing',
        }),
        moveTo: field.text({
          label: 'Move to',
          placeholder: 'Done',
          required: true,
          showIf: { after: ['move'] },
        }),
        ...accountFields('imap'),
        options: field.options({ label: 'Options', fields: { allowUnauthorized } }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        {
          json: {
            from: 'Ada <ada@example.com>',
            to: 'orders@example.com',
            subject: 'Question about order 1042',
            date: 'Sat, 31 Jan 2026 09:30:00 +0100',
            textPlain: 'When will it arrive?',
            textHtml: '',
            metadata: { 'message-id': '<1@example.com>' },
            attributes: { uid: 17, flags: [] },
          },
        },
      ],
    }),
  },
});

/** Looking changes nothing; marking and moving do. What a template chooses may be either. */
function effectOf({ after = 'nothing' }: Record<string, unknown>): Effect {
  return after === 'nothing' ? 'read' : 'write';
}
