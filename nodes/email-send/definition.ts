import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { allowUnauthorized } from '../mail-account.ts';

const SEVERAL = 'Several are separated by commas.';

export const emailSend = defineNode({
  type: 'email-send',
  version: 1,
  kind: 'action',
  name: 'Send e-mail',
  category: 'Actions',
  description: 'Sends e-mail through your mail server.',
  search: ['smtp', 'mail', 'email', 'message', 'notify', 'attachment', 'newsletter'],
  icon: 'send',
  color: 'rose',
  operations: {
    default: operation({
      label: 'Send a message',
      summary: 'Sends one message per item and tells who got it.',
      effect: 'write',
      fields: {
        to: field.text({
          label: 'To',
          help: SEVERAL,
          placeholder: 'Ada <ada@example.com>, bob@example.com',
          required: true,
        }),
        subject: field.text({ label: 'Subject', placeholder: 'Your order {{ $json.number }}' }),
        format: field.select({
          label: 'Message',
          options: [
            { value: 'text', label: 'Text' },
            { value: 'html', label: 'HTML' },
            { value: 'both', label: 'HTML and text', help: 'Programs that show no HTML show the text.' },
          ],
          default: 'text',
        }),
        text: field.text({
          label: 'Text',
          multiline: true,
          placeholder: 'Hello {{ $json.name }},\n\nyour order is on its way.',
          showIf: { format: ['text', 'both'] },
        }),
        html: field.text({
          label: 'HTML',
          multiline: true,
          placeholder: '<p>Hello {{ $json.name }},</p>',
          help: 'An attached picture shows up here: <img src="cid:name of the file">',
          showIf: { format: ['html', 'both'] },
        }),
        files: field.text({
          label: 'Attachments',
          help: 'Names of files of the item, separated by commas.',
          placeholder: 'data, invoice',
        }),
        from: field.text({
          label: 'From',
          help: 'An address that your mail server lets you use.',
          placeholder: 'The shop <orders@example.com>',
          required: true,
        }),
        options: field.options({
          label: 'Options',
          fields: {
            cc: field.text({ label: 'Copy to (CC)', help: SEVERAL, placeholder: 'bob@example.com' }),
            bcc: field.text({
              label: 'Hidden copy to (BCC)',
              help: `${SEVERAL} The others do not see them.`,
              placeholder: 'archive@example.com',
            }),
            replyTo: field.text({
              label: 'Answers go to',
              help: SEVERAL,
              placeholder: 'support@example.com',
            }),
            skipMissingFiles: field.boolean({
              label: 'Send without missing files',
              help: 'Off: an item without one of the attachments fails.',
            }),
            allowUnauthorized,
          },
        }),
      },
      credentials: [{ name: 'account', label: 'Mail server', types: ['smtp'] }],
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        {
          json: {
            accepted: ['ada@example.com'],
            rejected: [],
            messageId: '<5f0c8d1e@example.com>',
            response: '250 2.0.0 OK',
            envelope: { from: 'orders@example.com', to: ['ada@example.com'] },
            messageSize: 1204,
          },
        },
      ],
    }),
  },
});
