import { createHash } from 'node:crypto';

/**
 * A UUID that depends on the key alone (RFC 9562, version 8): whoever starts an execution for the same reason twice, after
 * a crash, finds the one that is already there.
 */
export function idFromKey(key: string): string {
  const hex = createHash('sha256').update(`linkflow:${key}`).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
