import { createHmac, sign } from 'node:crypto';
import { NodeError } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';

type Parameters = readonly (readonly [name: string, value: string])[];

/** What signs, by RFC 5849. Without a token the consumer speaks for itself. */
export interface OAuth1Key {
  method: string;
  consumerKey: string;
  consumerSecret: string;
  token: string;
  tokenSecret: string;
  /** PEM, for RSA-SHA1. */
  privateKey: string;
  realm: string;
}

/** The fields of a credential as what signs. */
export function oauth1Key(data: Readonly<Record<string, unknown>>): OAuth1Key {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
  return {
    method: text('signatureMethod') || 'HMAC-SHA1',
    consumerKey: text('consumerKey').trim(),
    consumerSecret: text('consumerSecret').trim(),
    token: text('accessToken').trim(),
    tokenSecret: text('tokenSecret').trim(),
    privateKey: text('privateKey'),
    realm: text('realm'),
  };
}

/**
 * The Authorization header of this very request: it is good once, since nonce and time (in seconds) are part of it. `more`:
 * parameters of the steps that lead to a token. Throws NodeError(config) for an address or a key that is none.
 */
export function oauth1Header(
  request: Pick<HttpRequest, 'method' | 'url' | 'query' | 'headers' | 'body'>,
  key: OAuth1Key,
  { nonce, timestamp }: { nonce: string; timestamp: number },
  more: Readonly<Record<string, string>> = {},
): string {
  const url = URL.parse(request.url);
  if (!url) throw new NodeError('config', 'This address cannot be signed: it is none.', { field: 'url' });
  const own: Parameters = [
    ['oauth_consumer_key', key.consumerKey],
    ...(key.token === '' ? [] : [['oauth_token', key.token] as const]),
    ['oauth_signature_method', key.method],
    ['oauth_timestamp', String(timestamp)],
    ['oauth_nonce', nonce],
    ['oauth_version', '1.0'],
    ...Object.entries(more),
  ];
  const signature = oauth1Signature(baseString(request, url, own), key);
  return `OAuth ${[
    ...(key.realm === '' ? [] : [`realm="${key.realm.replace(/["\\]/g, '\\$&')}"`]),
    ...[...own, ['oauth_signature', signature] as const].map(
      ([name, value]) => `${encoded(name)}="${encoded(value)}"`,
    ),
  ].join(', ')}`;
}

/** What is signed (3.4.1): method, address without its query, and all parameters in one order. */
export function baseString(
  { method, query = {}, headers = {}, body }: Pick<HttpRequest, 'method' | 'query' | 'headers' | 'body'>,
  url: URL,
  own: Parameters,
): string {
  const added = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one] as const),
  );
  const all = [...url.searchParams, ...added, ...formOf(headers, body), ...own]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)));
  const joined = all.map(([name, value]) => `${name}=${value}`).join('&');
  return [method.trim().toUpperCase(), `${url.origin}${url.pathname}`, joined].map(encoded).join('&');
}

/** By the names of RFC 5849, 3.4, and the longer hashes that services have added since. */
export function oauth1Signature(base: string, key: OAuth1Key): string {
  const secrets = oauth1Secrets(key);
  switch (key.method) {
    case 'PLAINTEXT':
      return secrets;
    case 'RSA-SHA1':
      return rsaSignature(base, key.privateKey);
    default:
      return createHmac(HASHES[key.method] ?? 'sha1', secrets)
        .update(base)
        .digest('base64');
  }
}

/** Both secrets in one text, which PLAINTEXT sends. */
export const oauth1Secrets = ({
  consumerSecret,
  tokenSecret,
}: Pick<OAuth1Key, 'consumerSecret' | 'tokenSecret'>): string =>
  `${encoded(consumerSecret)}&${encoded(tokenSecret)}`;

/** As RFC 5849 (3.6) writes any text: UTF-8, everything but letters, digits and `-._~` as percent signs. */
export const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const HASHES: Readonly<Record<string, string>> = {
  'HMAC-SHA1': 'sha1',
  'HMAC-SHA256': 'sha256',
  'HMAC-SHA512': 'sha512',
};

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Only a form is signed along; any other body is none of its parameters. */
function formOf(headers: Record<string, string>, body: HttpRequest['body']): Parameters {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (!body || !/^\s*application\/x-www-form-urlencoded\b/i.test(type)) return [];
  return [...new URLSearchParams(typeof body === 'string' ? body : Buffer.from(body).toString())];
}

function rsaSignature(base: string, privateKey: string): string {
  try {
    return sign('RSA-SHA1', Buffer.from(base), privateKey).toString('base64');
  } catch {
    // what the library says may quote the key
    throw new NodeError(
      'config',
      'The private key of this credential cannot be read. It must be RSA, as PEM.',
      {
        field: 'credentials',
      },
    );
  }
}
