import type { MailDoor } from '#engine/mail.ts';
import { parseNetworks } from '../outbound/guard.ts';
import { type Resolve, systemResolve } from '../outbound/lookup.ts';

export interface MailDoorOptions {
  /** Networks in CIDR form that may be reached although they are not public. */
  allowPrivateNetworks: readonly string[];
  resolve?: Resolve;
}

/** The way to mail servers for nodes: public addresses only, a connection per message sent and per mailbox read. */
export function createMailDoor({ allowPrivateNetworks, resolve = systemResolve }: MailDoorOptions): MailDoor {
  const rules = { allowed: parseNetworks(allowPrivateNetworks), resolve };
  // The libraries take a quarter of a second to load, and most processes never need them.
  return {
    async send(mail, account) {
      const { sendMail } = await import('./send.ts');
      return sendMail(mail, account, rules);
    },
    async *read(query, account) {
      const { readMail } = await import('./read.ts');
      yield* readMail(query, account, rules);
    },
  };
}
