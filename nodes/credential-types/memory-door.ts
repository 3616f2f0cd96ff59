import type { CredentialDoor, CredentialUse, OpenedCredential } from '#engine/credentials.ts';
import { NodeError } from '#engine/errors.ts';
import { secretTexts } from './authorize.ts';
import { scrubber } from './scrub.ts';
import { signingDoor } from './signing-door.ts';

export interface KnownCredential {
  type: string;
  data: Record<string, unknown>;
}

/** Credentials that the caller has in clear, by id: for the command line and for tests. */
export function memoryCredentials(
  known: Readonly<Record<string, KnownCredential>>,
  random: () => number,
  now: () => number = Date.now,
): CredentialDoor {
  const find = ({ id, types }: CredentialUse): OpenedCredential => {
    const found = Object.hasOwn(known, id) ? known[id] : undefined;
    if (!found) throw new NodeError('auth', 'This credential is not known here.', { field: 'credentials' });
    if (types.length > 0 && !types.includes(found.type))
      throw new NodeError('config', `A credential of the kind “${found.type}” does not fit here.`, {
        field: 'credentials',
      });
    return { id, ...found };
  };
  const secrets = Object.values(known).flatMap(({ type, data }) => secretTexts(type, data));
  const scrub = secrets.length > 0 ? scrubber(secrets) : null;
  return {
    scrub,
    open: async (use) => find(use),
    signing: (http, use) =>
      signingDoor(http, find(use), { random, now, scrub: scrub ?? ((text) => text), allowedHosts: [] }),
  };
}
