import { createHash } from 'node:crypto';

export interface DigestRequest {
  method: string;
  /** Path and query, as they are sent. */
  uri: string;
  user: string;
  password: string;
  /** A number used once, chosen by the sender. */
  cnonce: string;
}

/**
 * The Authorization header that answers a `www-authenticate` header (RFC 7616: MD5 and SHA-256, plain and session);
 * undefined when that is no digest challenge that can be answered.
 */
export function digestHeader(challenge: string, request: DigestRequest): string | undefined {
  if (!/^\s*digest\b/i.test(challenge)) return undefined;
  const given = challengeFields(challenge);
  const { realm = '', nonce = '', opaque } = given;
  const algorithm = given.algorithm ?? 'MD5';
  const hash = hashOf(algorithm);
  const offered = (given.qop ?? '').split(',').map((qop) => qop.trim().toLowerCase());
  const qop = offered.includes('auth') ? 'auth' : undefined;
  if (!hash || (given.qop !== undefined && !qop)) return undefined;
  const { method, uri, user, password, cnonce } = request;
  const secret = hash(`${user}:${realm}:${password}`);
  const ha1 = /-sess$/i.test(algorithm) ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const ha2 = hash(`${method}:${uri}`);
  const nc = '00000001';
  const response = qop
    ? hash(`${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`)
    : hash(`${ha1}:${nonce}:${ha2}`);
  const quoted = { username: user, realm, nonce, uri, ...(opaque ? { opaque } : {}), response };
  const bare = { algorithm, ...(qop ? { qop, nc } : {}) };
  return `Digest ${[
    ...Object.entries(quoted).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`),
    ...Object.entries(bare).map(([name, value]) => `${name}=${value}`),
    ...(qop ? [`cnonce="${cnonce}"`] : []),
  ].join(', ')}`;
}

function hashOf(algorithm: string): ((text: string) => string) | undefined {
  const name = /^MD5/i.test(algorithm) ? 'md5' : /^SHA-256(-sess)?$/i.test(algorithm) ? 'sha256' : undefined;
  return name && ((text) => createHash(name).update(text).digest('hex'));
}

function challengeFields(challenge: string): Record<string, string | undefined> {
  const fields: Record<string, string | undefined> = Object.create(null);
  for (const [, name, quoted, bare] of challenge
    .slice(0, 4000)
    .matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi))
    fields[name!.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? bare;
  return fields;
}
