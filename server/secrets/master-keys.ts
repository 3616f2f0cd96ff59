import { createHash, hkdfSync } from 'node:crypto';
import { env } from '../env.ts';

export interface MasterKey {
  /** The first characters of its hash: says which key sealed something, and nothing about the key. */
  id: string;
  bytes: Buffer;
}

const toKey = (hex: string): MasterKey => {
  const bytes = Buffer.from(hex, 'hex');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes };
};

/** The key that seals, and then those of before that may still open what they sealed. */
export const masterKeys = (): [MasterKey, ...MasterKey[]] => [
  toKey(env().LINKFLOW_MASTER_KEY),
  ...env().LINKFLOW_PREVIOUS_MASTER_KEYS.map(toKey),
];

/** A key for one purpose (HKDF, RFC 5869), so that no two uses share one. */
export const deriveKey = ({ bytes }: MasterKey, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', bytes, '', `linkflow/seal/${purpose}`, 32));
