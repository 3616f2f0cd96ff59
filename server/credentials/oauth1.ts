import { randomBytes } from 'node:crypto';
import { NodeError } from '#engine/errors.ts';
import type { HttpDoor } from '#engine/node.ts';
import { type OAuth1Key, oauth1Header, oauth1Key } from '#nodes/credential-types/oauth1-header.ts';
import type { Tokens } from './vault.ts';

type Data = Readonly<Record<string, unknown>>;

/** What a service gave for the time until somebody has consented. */
export interface RequestToken {
  token: string;
  tokenSecret: string;
}

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64 * 1024;

/**
 * The first two steps of RFC 5849, section 2: a request token, and the page where somebody consents to it. Throws NodeError:
 * config for addresses that are none, auth when the service refuses, upstream.
 */
export async function requestToken(
  http: HttpDoor,
  data: Data,
  callback: string,
): Promise<RequestToken & { url: string }> {
  const page = URL.parse(String(data.authorizationUrl ?? ''));
  if (page?.protocol !== 'https:' && page?.protocol !== 'http:')
    throw new NodeError('config', 'The authorization address is no address.', { field: 'authorizationUrl' });
  const given = await ask(http, data.requestTokenUrl, keyOf(data), { oauth_callback: callback });
  page.searchParams.set('oauth_token', given.token);
  return { ...given, url: page.href };
}

/** The last step: tokens for what the service sent somebody back with. They do not end by themselves. Throws as above. */
export async function exchangeVerifier(
  http: HttpDoor,
  data: Data,
  { token, tokenSecret, verifier }: RequestToken & { verifier: string },
): Promise<Tokens> {
  const key = { ...keyOf(data), token, tokenSecret };
  const given = await ask(http, data.accessTokenUrl, key, { oauth_verifier: verifier });
  return { accessToken: given.token, tokenSecret: given.tokenSecret, expiresAt: null };
}

/** A token typed in before is none of this. */
const keyOf = (data: Data): OAuth1Key => ({ ...oauth1Key(data), token: '', tokenSecret: '' });

async function ask(
  http: HttpDoor,
  address: unknown,
  key: OAuth1Key,
  more: Record<string, string>,
): Promise<RequestToken> {
  const request = { method: 'POST', url: String(address ?? '') };
  const once = { nonce: randomBytes(12).toString('hex'), timestamp: Math.floor(Date.now() / 1000) };
  const response = await http.request({
    ...request,
    headers: { authorization: oauth1Header(request, key, once, more) },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    followRedirects: false, // it was signed for this address and no other
  });
  const { status } = response;
  const answer = new URLSearchParams(Buffer.from(response.body).toString());
  const token = answer.get('oauth_token') ?? '';
  if (status < 300 && token !== '') return { token, tokenSecret: answer.get('oauth_token_secret') ?? '' };
  const isTheirs = status >= 500 || status === 429;
  const problem = answer.get('oauth_problem')?.slice(0, 100) ?? `status ${status}`;
  throw new NodeError(
    isTheirs ? 'upstream' : 'auth',
    `${new URL(request.url).host} gave no token: ${problem}.`,
    {
      status,
      retryable: isTheirs,
    },
  );
}
