import type { MailAccount } from '#engine/mail.ts';
import { field } from './fields.ts';

const KEPT = 'For now it is kept in the workflow as it is written here; a credential will take its place.';
const PORTS = {
  smtp: { tls: 465, starttls: 587, none: 25 },
  imap: { tls: 993, starttls: 143, none: 143 },
} as const;

/** Fields by which a mail node knows its server; `accountOf` reads them. They stand together, so that a credential can replace them. */
export const accountFields = (protocol: keyof typeof PORTS) => {
  const ports = PORTS[protocol];
  return {
    host: field.text({ label: 'Mail server', required: true, placeholder: `${protocol}.example.com` }),
    security: field.select({
      label: 'Connection',
      options: [
        { value: 'tls', label: 'TLS', help: 'Encrypted from the start.' },
        { value: 'starttls', label: 'STARTTLS', help: 'Encrypted before anything is said; never without.' },
        { value: 'none', label: 'Not encrypted', help: 'Others on the way can read the password.' },
      ],
      default: 'tls',
    }),
    port: field.number({
      label: 'Port',
      help: `Empty: ${ports.tls} for TLS, ${ports.starttls} for STARTTLS${ports.none === ports.starttls ? '' : `, ${ports.none} without encryption`}.`,
      min: 1,
      max: 65_535,
      integer: true,
    }),
    user: field.text({ label: 'User', help: 'Empty: without logging in.', placeholder: 'me@example.com' }),
    password: field.text({ label: 'Password', help: KEPT, secret: true }),
  };
};

export const allowUnauthorized = field.boolean({
  label: 'Take any certificate',
  help: 'For servers of your own with a self-made certificate: the connection is encrypted, but nobody vouches for who is at the other end.',
});

interface AccountInput {
  host: string;
  security: MailAccount['security'];
  port: number | undefined;
  user: string;
  password: string;
}

/** The account that these fields describe. */
export const accountOf = (
  { host, security, port, user, password }: AccountInput,
  protocol: keyof typeof PORTS,
  options: { allowUnauthorized?: boolean },
): MailAccount => ({
  host: host.trim(),
  security,
  port: port ?? PORTS[protocol][security],
  user,
  password,
  allowUnauthorized: options.allowUnauthorized ?? false,
});
