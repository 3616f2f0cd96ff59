import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env } from '../env.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Secrets of ours at rest: AES-256-GCM with a key per purpose from the master key. `about` (an id) is sealed with it, so
 * that what was encrypted for one row is noise in another. The text is base64url: iv, tag, content.
 */
export function seal(purpose: string, about: string, secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), iv).setAAD(Buffer.from(about));
  const content = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64url');
}

/** Throws for text that was not sealed here for this purpose and row. */
export function unseal(purpose: string, about: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
    'utf8',
  );
}

const keyFor = (purpose: string): Buffer =>
  Buffer.from(
    hkdfSync('sha256', Buffer.from(env().LINKFLOW_MASTER_KEY, 'hex'), '', `linkflow/seal/${purpose}`, 32),
  );
