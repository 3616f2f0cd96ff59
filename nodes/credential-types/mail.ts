import { field } from '../fields.ts';
import { defineCredential } from './define.ts';

/** The usual ports, by how the connection begins. */
export const MAIL_PORTS = {
  smtp: { tls: 465, starttls: 587, none: 25 },
  imap: { tls: 993, starttls: 143, none: 143 },
} as const;

/** Fields of a mail account. */
export const mailServerFields = (protocol: keyof typeof MAIL_PORTS) => {
  const { tls, starttls, none } = MAIL_PORTS[protocol];
  return {
    host: field.text({
      label: 'Mail server',
      required: true,
      template: false,
      placeholder: `${protocol}.example.com`,
    }),
    security: field.select({
      label: 'Connection',
      options: [
        { value: 'tls', label: 'TLS', help: 'Encrypted from the start.' },
        { value: 'starttls', label: 'STARTTLS', help: 'Encrypted before anything is said; never without.' },
        { value: 'none', label: 'Not encrypted', help: 'Others on the way can read the password.' },
      ],
      default: 'tls',
      template: false,
    }),
    port: field.number({
      label: 'Port',
      help: `Empty: ${tls} for TLS, ${starttls} for STARTTLS${none === starttls ? '' : `, ${none} without encryption`}.`,
      min: 1,
      max: 65_535,
      integer: true,
      template: false,
    }),
    user: field.text({
      label: 'User',
      help: 'Empty: without logging in.',
      placeholder: 'me@example.com',
      template: false,
    }),
    password: field.text({ label: 'Password', secret: true, template: false }),
  };
};

export const smtp = defineCredential({
  type: 'smtp',
  name: 'Mail server (SMTP)',
  description: 'Sends e-mail.',
  icon: 'send',
  search: ['mail', 'email', 'smtp', 'send'],
  fields: mailServerFields('smtp'),
  use: 'opened',
  test: 'server',
});

export const imap = defineCredential({
  type: 'imap',
  name: 'Mailbox (IMAP)',
  description: 'Reads e-mail.',
  icon: 'inbox',
  search: ['mail', 'email', 'imap', 'inbox', 'read'],
  fields: mailServerFields('imap'),
  use: 'opened',
  test: 'server',
});
