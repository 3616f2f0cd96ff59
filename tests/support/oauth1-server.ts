import { createHmac, createVerify, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server knows of its clients, by RFC 5849. */
export interface OAuth1Accounts {
  consumers: Record<string, { secret?: string; publicKey?: string }>;
  tokens: Record<string, string>;
}
export interface Verdict {
  problem: string | null;
  method: string;
  path: string;
  given: Record<string, string>;
}
type Answer = (verdict: Verdict, response: http.ServerResponse) => void;

/**
 * A server that takes signed requests only, and each of them once. Its rules are written from the RFC and from bytes, apart
 * from what signs.
 */
export async function startOAuth1Server(accounts: OAuth1Accounts, answer: Answer = answerJson()) {
  const verdicts: Verdict[] = [];
  const nonces = new Set<string>();
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const verdict = judge(request, Buffer.concat(chunks).toString(), accounts, nonces);
    verdicts.push(verdict);
    answer(verdict, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    verdicts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Goes where `to` says, and answers only the second call to `/flaky`. */
const answerJson = (): Answer => {
  let flaky = true;
  return ({ problem, path }, response) => {
    if (path === '/flaky' && flaky) {
      flaky = false;
      return void response.writeHead(503).end();
    }
    const to = new URL(path, 'http://x').searchParams.get('to');
    if (!problem && to) return void response.writeHead(302, { location: to }).end();
    response.writeHead(problem ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ problem }));
  };
};

function judge(
  { method = '', url: path = '', headers }: http.IncomingMessage,
  body: string,
  accounts: OAuth1Accounts,
  nonces: Set<string>,
): Verdict {
  const given: Record<string, string> = {};
  const verdict = (problem: string | null): Verdict => ({ problem, method, path, given });
  const header = headers.authorization ?? '';
  if (!header.startsWith('OAuth ')) return verdict('unsigned');
  for (const part of header.slice(6).split(',')) {
    const [, name, value] = /^\s*([^=]+)="([^"]*)"\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return verdict(`malformed: ${part}`);
    if (given[name] !== undefined) return verdict(`twice: ${name}`);
    given[name] = name === 'realm' ? value : percentDecode(value, false);
  }
  const consumer = accounts.consumers[given.oauth_consumer_key ?? ''];
  const tokenSecret = given.oauth_token === undefined ? '' : accounts.tokens[given.oauth_token];
  if (!consumer) return verdict('consumer unknown');
  if (tokenSecret === undefined) return verdict('token unknown');
  if (given.oauth_version !== undefined && given.oauth_version !== '1.0') return verdict('version');
  if (Math.abs(Number(given.oauth_timestamp) - Date.now() / 1000) > 60) return verdict('timestamp');
  const used = `${given.oauth_consumer_key} ${given.oauth_timestamp} ${given.oauth_nonce}`;
  if (!given.oauth_nonce || nonces.has(used)) return verdict('nonce used');
  nonces.add(used);
  const pairs: [string, string][] = [];
  const [place, query] = path.split('?');
  const isForm = headers['content-type']?.split(';')[0] === 'application/x-www-form-urlencoded';
  for (const text of [query, isForm ? body : undefined])
    for (const pair of (text ?? '').split('&').filter(Boolean)) {
      const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
      pairs.push([percentDecode(pair.slice(0, at), true), percentDecode(pair.slice(at + 1), true)]);
    }
  for (const [name, value] of Object.entries(given))
    if (name !== 'realm' && name !== 'oauth_signature') pairs.push([name, value]);
  const normal = pairs
    .map(([name, value]) => [percentEncode(name), percentEncode(value)])
    .sort((a, b) => Buffer.compare(Buffer.from(a.join('\0')), Buffer.from(b.join('\0'))))
    .map((pair) => pair.join('='))
    .join('&');
  const base = [method, `http://${headers.host}${place}`, normal].map(percentEncode).join('&');
  const signature = Buffer.from(given.oauth_signature ?? '', 'latin1');
  if (given.oauth_signature_method === 'RSA-SHA1') {
    const ok = createVerify('RSA-SHA1')
      .update(base)
      .verify(consumer.publicKey ?? '', signature.toString('latin1'), 'base64');
    return verdict(ok ? null : 'signature');
  }
  const secrets = `${percentEncode(consumer.secret ?? '')}&${percentEncode(tokenSecret)}`;
  const hash = /^HMAC-(SHA\d+)$/.exec(given.oauth_signature_method ?? '')?.[1];
  const expected = hash
    ? createHmac(hash, secrets).update(base).digest('base64')
    : given.oauth_signature_method === 'PLAINTEXT'
      ? secrets
      : 'unknown method';
  const wanted = Buffer.from(expected, 'latin1');
  const isEqual = wanted.length === signature.length && timingSafeEqual(wanted, signature);
  return verdict(isEqual ? null : 'signature');
}

const UNRESERVED = /[A-Za-z0-9\-._~]/;
const percentEncode = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const one = String.fromCharCode(byte);
      return byte < 128 && UNRESERVED.test(one)
        ? one
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

function percentDecode(text: string, isForm: boolean): string {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const hex = text[i] === '%' ? text.slice(i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    } else bytes.push(...Buffer.from(isForm && text[i] === '+' ? ' ' : text[i]!));
  }
  return Buffer.from(bytes).toString('utf8');
}
