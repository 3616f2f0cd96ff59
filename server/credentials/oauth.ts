import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { NodeError } from '#engine/errors.ts';
import type { HttpDoor } from '#engine/node.ts';
import type { Tokens } from './vault.ts';

/**
 * The client's side of OAuth 2.0 (RFC 6749) with PKCE (RFC 7636). Not by a library: those insist on what the standard says,
 * and many providers do not (lists of scopes, lifetimes as text, errors with status 200).
 */
const dataSchema = z.object({
  grant: z.enum(['authorization-code', 'client-credentials']).default('authorization-code'),
  authorizationUrl: z.string().default(''),
  tokenUrl: z.string().default(''),
  clientId: z.string().default(''),
  clientSecret: z.string().default(''),
  scope: z.string().default(''),
  clientAuthentication: z.enum(['header', 'body']).default('header'),
  authorizationParameters: z.string().default(''),
  audience: z.string().default(''),
});
type OAuthData = z.output<typeof dataSchema>;

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 256 * 1024;

/** A secret for one consent: the address gets its hash, the token request the secret itself. */
export const newVerifier = (): string => randomBytes(32).toString('base64url');

/** Where somebody consents. Throws NodeError(config) for an address that is none. */
export function authorizationUrl(
  data: Record<string, unknown>,
  { state, verifier, redirectUri }: { state: string; verifier: string; redirectUri: string },
): string {
  const { authorizationUrl: address, authorizationParameters, clientId, scope } = dataSchema.parse(data);
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new NodeError('config', 'The authorization address is no address.', { field: 'authorizationUrl' });
  for (const [name, value] of new URLSearchParams(authorizationParameters)) url.searchParams.set(name, value);
  const own = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(scope.trim() === '' ? {} : { scope: scope.trim() }),
  };
  for (const [name, value] of Object.entries(own)) url.searchParams.set(name, value);
  return url.href;
}

/** Tokens for the code that the provider sent somebody back with. Throws NodeError: auth when it refuses, upstream. */
export const exchangeCode = (
  http: HttpDoor,
  data: Record<string, unknown>,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<Tokens> =>
  askForTokens(http, dataSchema.parse(data), {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });

/** New tokens, without a person. Throws NodeError: auth when the provider does not want that any more, upstream. */
export async function renewTokens(
  http: HttpDoor,
  data: Record<string, unknown>,
  before: Tokens | undefined,
): Promise<Tokens> {
  const known = dataSchema.parse(data);
  if (known.grant === 'client-credentials') {
    return askForTokens(http, known, {
      grant_type: 'client_credentials',
      ...(known.scope.trim() === '' ? {} : { scope: known.scope.trim() }),
      ...(known.audience === '' ? {} : { audience: known.audience }),
    });
  }
  if (!before) throw new NodeError('auth', 'This credential is not connected yet.', { detail: CONNECT });
  const { refreshToken } = before;
  if (refreshToken === undefined)
    throw new NodeError('auth', 'The access has ended, and the provider gave nothing to renew it with.', {
      detail: `${CONNECT} Some providers give a refresh token only for the scope offline_access or with access_type=offline.`,
    });
  const tokens = await askForTokens(http, known, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

const CONNECT = 'Open it under Credentials and choose Connect.';

async function askForTokens(
  http: HttpDoor,
  { tokenUrl, clientId, clientSecret, clientAuthentication }: OAuthData,
  fields: Record<string, string>,
): Promise<Tokens> {
  const body = new URLSearchParams(fields);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  if (clientAuthentication === 'header' && clientSecret !== '') {
    const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`;
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else {
    body.set('client_id', clientId);
    if (clientSecret !== '') body.set('client_secret', clientSecret);
  }
  const response = await http.request({
    method: 'POST',
    url: tokenUrl,
    headers,
    body: body.toString(),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    followRedirects: false, // the secret is for this address and no other
  });
  const answer = readAnswer(Buffer.from(response.body).toString('utf8'));
  const accessToken = typeof answer.access_token === 'string' ? answer.access_token : '';
  if (response.status < 400 && accessToken !== '') return tokensOf(answer, accessToken);
  throw refusal(new URL(tokenUrl).host, response.status, answer);
}

/** As in a form (RFC 6749, 2.3.1). */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

function tokensOf(answer: Record<string, unknown>, accessToken: string): Tokens {
  const seconds = Number(answer.expires_in);
  const { refresh_token: refreshToken, scope } = answer;
  return {
    accessToken,
    ...(typeof refreshToken === 'string' && refreshToken !== '' ? { refreshToken } : {}),
    expiresAt: Number.isFinite(seconds) && seconds > 0 ? Date.now() + seconds * 1000 : null,
    ...(typeof scope === 'string' ? { scope } : {}),
  };
}

function refusal(
  host: string,
  status: number,
  { error, error_description: description }: Record<string, unknown>,
) {
  const why = typeof error === 'string' ? error.slice(0, 100) : `status ${status}`;
  const detail = typeof description === 'string' ? description.slice(0, 500) : undefined;
  const isTheirs = status >= 500 || status === 429;
  return new NodeError(isTheirs ? 'upstream' : 'auth', `${host} gave no access: ${why}.`, {
    status,
    retryable: isTheirs,
    ...(detail === undefined ? {} : { detail }),
  });
}

/** JSON as the standard says, or a form as some older providers have it. */
function readAnswer(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
