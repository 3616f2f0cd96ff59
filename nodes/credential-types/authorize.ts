import { NodeError } from '#engine/errors.ts';
import type { HttpRequest, HttpResponse } from '#engine/node.ts';
import { isPlain } from '../paths.ts';
import { withCertificate } from './client-certificate.ts';
import { digestHeader } from './digest-header.ts';
import { encoded, oauth1Header, oauth1Key, oauth1Secrets } from './oauth1-header.ts';
import { MASK } from './scrub.ts';

type Data = Readonly<Record<string, unknown>>;

/** What makes a proof good for one request only. */
export interface Once {
  nonce(): string;
  /** ms since epoch */
  now(): number;
}

/** How a kind of credential proves who sends a request. */
interface Authorizer {
  /** The request with the proof. A header or parameter that somebody wrote out wins. */
  sign(request: HttpRequest, data: Data, once: Once): HttpRequest;
  /** The proof is of the address too, so after a redirect it has to be made anew. */
  signsAddress?: true;
  /** The second request, when the first was answered with a challenge; undefined: the answer stands. */
  answer?(request: HttpRequest, response: HttpResponse, data: Data, once: Once): HttpRequest | undefined;
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value);

const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: { [name.trim().toLowerCase()]: value, ...request.headers },
});
/** An address that an answer named may hold the parameter, blacked out by now. */
function withParameter(request: HttpRequest, name: string, value: string): HttpRequest {
  const url = URL.parse(request.url);
  const written = url?.searchParams.getAll(name) ?? [];
  if (written.some((one) => one !== MASK)) return request;
  if (written.length > 0) url?.searchParams.delete(name);
  return {
    ...request,
    url: url && written.length > 0 ? url.href : request.url,
    query: { [name]: value, ...request.query },
  };
}
const base64 = (value: string): string => Buffer.from(value, 'utf8').toString('base64');
/** What people paste often has the word before it. */
const bare = (token: unknown): string =>
  text(token)
    .trim()
    .replace(/^bearer\s+/i, '');

const AUTHORIZERS: Readonly<Record<string, Authorizer>> = {
  basic: {
    sign: (request, { user, password }) =>
      withHeader(request, 'authorization', `Basic ${base64(`${text(user)}:${text(password)}`)}`),
  },
  digest: { sign: (request) => request, answer: digestAnswer },
  bearer: { sign: (request, { token }) => withHeader(request, 'authorization', `Bearer ${bare(token)}`) },
  header: { sign: (request, { name, value }) => withHeader(request, text(name), text(value)) },
  query: { sign: (request, { name, value }) => withParameter(request, text(name), text(value)) },
  'api-key': {
    sign: (request, { place, name, key }) =>
      place === 'query'
        ? withParameter(request, text(name), text(key))
        : withHeader(request, text(name) || 'X-API-Key', text(key)),
  },
  custom: { sign: (request, { json }) => signCustom(request, text(json)) },
  // `accessToken` is put there by whoever keeps the tokens fresh
  oauth2: {
    sign: (request, { accessToken }) => {
      if (text(accessToken) === '') throw notConnected();
      return withHeader(request, 'authorization', `Bearer ${text(accessToken)}`);
    },
  },
  // for one that somebody consented to, the tokens are put there in the same way
  oauth1: {
    signsAddress: true,
    sign: (request, data, { nonce, now }) => {
      const key = oauth1Key(data);
      if (data.flow === 'consent' && key.token === '') throw notConnected();
      const once = { nonce: nonce(), timestamp: Math.floor(now() / 1000) };
      return withHeader(request, 'authorization', oauth1Header(request, key, once));
    },
  },
  'client-certificate': { sign: withCertificate },
};

const notConnected = () =>
  new NodeError('auth', 'This credential is not connected yet.', {
    detail: 'Open it under Credentials and choose Connect.',
  });

/** How requests are made with this kind of credential; undefined for kinds that are none for HTTP. */
export const authorizerOf = (type: string): Authorizer | undefined =>
  Object.hasOwn(AUTHORIZERS, type) ? AUTHORIZERS[type] : undefined;

/** Texts of a credential that must not show up anywhere, in the forms in which they travel. */
export function secretTexts(type: string, data: Data): string[] {
  const found = new Set<string>();
  const add = (value: unknown) => {
    const one = text(value);
    // shorter ones would black out ordinary words
    if (one.length < 6) return;
    for (const form of [
      one,
      encodeURIComponent(one),
      encoded(one),
      inForms(one),
      JSON.stringify(one).slice(1, -1),
      base64(one),
    ])
      found.add(form);
  };
  for (const pair of loginPairs(data)) found.add(pair);
  if (type === 'custom') for (const value of leaves(parsed(text(data.json)))) add(value);
  for (const [name, value] of Object.entries(data)) {
    if (SECRET_NAMES.has(name)) add(value);
  }
  return [...found];
}

/** A space is a plus there. */
const inForms = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1);

/** User and password as Basic authentication, OAuth clients and mail servers (SASL PLAIN) take them: in one, mostly as Base64. */
function loginPairs({ user, password, clientId, clientSecret, ...more }: Data): string[] {
  const pairs: string[] = [];
  if (text(password) !== '')
    pairs.push(base64(`${text(user)}:${text(password)}`), base64(`\0${text(user)}\0${text(password)}`));
  if (text(clientSecret) !== '')
    pairs.push(base64(`${inForms(text(clientId))}:${inForms(text(clientSecret))}`));
  if (text(more.consumerSecret) !== '') {
    const both = oauth1Secrets(oauth1Key(more));
    pairs.push(both, encoded(both)); // encoded twice in the header that sends them
  }
  return pairs;
}

/** Fields that hold a secret, of all kinds; the registry's test compares them with the forms. */
export const SECRET_NAMES: ReadonlySet<string> = new Set([
  'password',
  'token',
  'key',
  'value',
  'json',
  'clientSecret',
  'accessToken',
  'refreshToken',
  'secret',
  'privateKey',
  'consumerSecret',
  'tokenSecret',
  'certificate',
  'passphrase',
  'ca',
]);

function* leaves(value: unknown): Generator<unknown> {
  if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* leaves(one);
  else yield value;
}

function parsed(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return isPlain(value) ? value : {};
  } catch {
    return {}; // it was checked when it was saved
  }
}

function signCustom(request: HttpRequest, json: string): HttpRequest {
  const { headers, query, qs, body } = parsed(json);
  let signed = request;
  for (const [name, value] of Object.entries(isPlain(headers) ? headers : {}))
    signed = withHeader(signed, name, text(value));
  for (const [name, value] of Object.entries({
    ...(isPlain(qs) ? qs : {}),
    ...(isPlain(query) ? query : {}),
  }))
    signed = withParameter(signed, name, text(value));
  return isPlain(body) ? { ...signed, body: withFields(signed, body) } : signed;
}

/** Fields go into a body that is JSON, or make one; another body stays what it is. */
function withFields(request: HttpRequest, fields: Record<string, unknown>): HttpRequest['body'] {
  const { body } = request;
  if (body === undefined || body.length === 0) return JSON.stringify(fields);
  if (typeof body !== 'string') return body;
  try {
    const own: unknown = JSON.parse(body);
    return isPlain(own) ? JSON.stringify({ ...fields, ...own }) : body;
  } catch {
    return body;
  }
}

function digestAnswer(
  request: HttpRequest,
  response: HttpResponse,
  { user, password }: Data,
  { nonce }: Once,
): HttpRequest | undefined {
  if (response.status !== 401) return undefined;
  const url = withQuery(request);
  const answer = digestHeader(response.headers['www-authenticate'] ?? '', {
    method: request.method,
    uri: url.pathname + url.search,
    user: text(user),
    password: text(password),
    cnonce: nonce(),
  });
  if (answer === undefined) return undefined;
  return {
    ...request,
    url: url.href,
    query: undefined,
    headers: { ...request.headers, authorization: answer },
  };
}

/** The address as it is sent: a digest is made of it. */
function withQuery(request: HttpRequest): URL {
  const url = new URL(request.url);
  for (const [name, value] of Object.entries(request.query ?? {}))
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, one);
  return url;
}
