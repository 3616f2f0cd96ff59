import { field } from './fields.ts';

/** Fields about messages that whatever reads a mailbox has. */
export const mailboxField = field.text({
  label: 'Mailbox',
  help: 'A folder of the account.',
  default: 'INBOX',
  required: true,
});

export const choosingFields = {
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
};

export const shapeFields = {
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
};

export const afterFields = {
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
};

export const MAIL_SAMPLE = [
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
];
