import type { MailAccount } from '#engine/mail.ts';
import { MAIL_PORTS } from './credential-types/mail.ts';
import { field } from './fields.ts';

export const allowUnauthorized = field.boolean({
  label: 'Take any certificate',
  help: 'For servers of your own with a self-made certificate: the connection is encrypted, but nobody vouches for who is at the other end.',
});

/** The account that a credential of this kind holds, opened. Empty texts where it holds nothing. */
export function accountOf(
  data: Readonly<Record<string, unknown>>,
  protocol: keyof typeof MAIL_PORTS,
  options: { allowUnauthorized?: boolean },
): MailAccount {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const security = data.security === 'starttls' || data.security === 'none' ? data.security : 'tls';
  return {
    host: text(data.host).trim(),
    security,
    port: Number(data.port) || MAIL_PORTS[protocol][security],
    user: text(data.user),
    password: text(data.password),
    allowUnauthorized: options.allowUnauthorized ?? false,
  };
}
