import { toBase64 } from '../extensions/base64.ts';
import { ExpressionError } from '../failures.ts';
import { sha3 } from './keccak.ts';
import { md5 } from './md5.ts';
import { sha1, sha224, sha256 } from './sha2-32.ts';
import { sha384, sha512 } from './sha2-64.ts';

/** Hashes are computed here because they must be synchronous and the same in the browser: WebCrypto is neither. */
const ALGORITHMS: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha3,
};

/** Hexadecimal digest of a text's UTF-8 bytes; `base64` gives the text itself in base64. */
export function digest(algorithm: string, text: string): string {
  if (algorithm === 'base64') return toBase64(text);
  const hash = Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : undefined;
  if (hash === undefined) {
    throw new ExpressionError(
      `hash() knows base64, ${Object.keys(ALGORITHMS).join(', ')}; not "${algorithm.slice(0, 50)}"`,
    );
  }
  return Array.from(hash(new TextEncoder().encode(text)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
