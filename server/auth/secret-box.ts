import { decrypt, encrypt } from '../secrets/cipher.ts';
import { deriveKey, masterKeys } from '../secrets/master-keys.ts';

/** Secrets of ours at rest, with a key per purpose from the master key, bound to the row that `about` names. */
export const seal = (purpose: string, about: string, secret: string): string =>
  encrypt(deriveKey(masterKeys()[0], purpose), about, secret);

/** Throws for text that was not sealed here for this purpose and row. */
export function unseal(purpose: string, about: string, sealed: string): string {
  const [current, ...previous] = masterKeys();
  for (const key of previous) {
    try {
      return decrypt(deriveKey(key, purpose), about, sealed);
    } catch {
      // not with that one
    }
  }
  return decrypt(deriveKey(current, purpose), about, sealed);
}
