import { NodeError } from '#engine/errors.ts';
import type { HttpRequest, HttpResponse } from '#engine/node.ts';

const MAX_REDIRECTS = 10;
const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Headers that another origin may get; any other may hold a secret. */
const HARMLESS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);

/** Does every secret stand in a header that the door below drops where a redirect leaves the origin? */
export const staysInHeaders = (request: HttpRequest, signed: HttpRequest): boolean =>
  signed.url === request.url &&
  signed.query === request.query &&
  signed.body === request.body &&
  !Object.entries(signed.headers ?? {}).some(
    ([name, value]) => HARMLESS.has(name) && request.headers?.[name] !== value,
  );

export interface Following {
  sign(request: HttpRequest): HttpRequest;
  /** Sends it as it is. */
  send(request: HttpRequest): Promise<HttpResponse>;
  holdsSecret(text: string): boolean;
}

/**
 * Sends a request whose secret stands in the query or the body, and goes where redirects lead: each request to the same
 * origin is signed anew, another origin gets no secret. Every request has the time limit for itself. Throws what `send`
 * throws, NodeError(upstream) after too many redirects, NodeError(auth) when one would take the secret along.
 */
export async function followRedirects(
  first: HttpRequest,
  { sign, send, holdsSecret }: Following,
): Promise<HttpResponse> {
  let request = first;
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    const signed = sign(request);
    const response = await send({ ...signed, followRedirects: false });
    const target = targetOf(response, signed.url);
    if (!target) return response;
    // a service may repeat in the new address what it was asked with
    for (const name of Object.keys(signed.query ?? {}))
      if (!Object.hasOwn(request.query ?? {}, name)) target.searchParams.delete(name);
    const next = moved(request, response.status, target);
    if (target.origin === new URL(signed.url).origin) {
      request = next;
      continue;
    }
    if (holdsSecret(target.href))
      throw new NodeError('auth', `A redirect to ${target.host} would have taken the secret along.`, {
        detail: 'Nothing was sent there. Call that address directly, or switch off following redirects.',
      });
    const headers = Object.entries(next.headers ?? {}).filter(([name]) => HARMLESS.has(name));
    return send({ ...next, headers: Object.fromEntries(headers) });
  }
  throw new NodeError('upstream', `There were more than ${MAX_REDIRECTS} redirects.`, { retryable: false });
}

function targetOf({ status, headers }: HttpResponse, from: string): URL | null {
  const { location } = headers;
  return STATUSES.has(status) && location ? URL.parse(location, from) : null;
}

/** By the rules of fetch: 303, and 301 and 302 after a POST, become a GET without a body. */
function moved(
  { query: _inTheAddress, body, ...request }: HttpRequest,
  status: number,
  target: URL,
): HttpRequest {
  const { method, headers = {} } = request;
  const toGet =
    (status === 303 && method !== 'HEAD' && method !== 'GET') ||
    ((status === 301 || status === 302) && method === 'POST');
  const kept = Object.entries(headers).filter(([name]) => !(toGet && name.startsWith('content-')));
  return {
    ...request,
    url: target.href,
    method: toGet ? 'GET' : method,
    headers: Object.fromEntries(kept),
    ...(toGet || body === undefined ? {} : { body }),
  };
}
