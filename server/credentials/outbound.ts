import type { MailAccount } from '#engine/mail.ts';
import type { HttpDoor } from '#engine/node.ts';
import { env } from '../env.ts';
import { parseNetworks } from '../outbound/guard.ts';
import { createHttpDoor } from '../outbound/http-door.ts';
import { systemResolve } from '../outbound/lookup.ts';

let door: HttpDoor | undefined;
/** The guarded way out for token requests and connection tests; one per process, since it keeps connections. */
export const guardedDoor = (): HttpDoor =>
  (door ??= createHttpDoor({ allowPrivateNetworks: env().LINKFLOW_ALLOW_PRIVATE_NETWORKS }));

/** Logs in at a mail server and does nothing else. Throws NodeError. */
export async function logInToMail(protocol: 'smtp' | 'imap', account: MailAccount): Promise<void> {
  const { logIn } = await import('../mail/log-in.ts'); // its libraries take a while to load
  await logIn(protocol, account, {
    allowed: parseNetworks(env().LINKFLOW_ALLOW_PRIVATE_NETWORKS),
    resolve: systemResolve,
  });
}
