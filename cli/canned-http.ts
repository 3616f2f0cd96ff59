import { NodeError } from '#engine/errors.ts';
import type { HttpDoor, HttpRequest, HttpResponse } from '#engine/node.ts';
import { nextHop, redirectTarget } from '#server/outbound/redirect.ts';
import { firstHop, type Hop } from '#server/outbound/request-parts.ts';

export interface CannedAnswer {
  method?: string;
  url: string;
  status?: number;
  headers?: Record<string, unknown>;
  /** Text, `{"$bytes": base64}`, or anything else as JSON. */
  body?: unknown;
}

const MAX_REDIRECTS = 10;

/**
 * Answers from a list: the first unused one with the method and URL of the request; once all of these are used, the last
 * of them again. Anything else is refused, so that no test depends on the network.
 */
export function createCannedHttp(answers: readonly CannedAnswer[]): HttpDoor {
  const used = new Set<CannedAnswer>();
  const find = ({ method, url }: Hop): CannedAnswer => {
    const same = answers.filter((one) => (one.method ?? 'GET').toUpperCase() === method);
    const exact = same.filter((one) => normalised(one.url) === normalised(url.href));
    // An address without a query stands for it with any.
    const loose = same.filter(
      (one) => !one.url.includes('?') && normalised(one.url) === normalised(url.origin + url.pathname),
    );
    const fitting = exact.length > 0 ? exact : loose;
    const found = fitting.find((one) => !used.has(one)) ?? fitting.at(-1);
    if (!found)
      throw new NodeError('upstream', `No answer is given for ${method} ${url.href}`, { retryable: false });
    used.add(found);
    return found;
  };
  return {
    request: async (request: HttpRequest): Promise<HttpResponse> => {
      request.signal?.throwIfAborted();
      if (!URL.canParse(request.url))
        throw new NodeError('config', `This is not a URL that can be called: “${request.url}”`, {
          field: 'url',
        });
      let hop = firstHop(request, new URL(request.url));
      for (let redirects = 0; ; redirects++) {
        const response = toResponse(find(hop), hop.url);
        const location =
          request.followRedirects === false
            ? null
            : redirectTarget(response.status, response.headers.location, hop.url);
        if (location === null || redirects >= MAX_REDIRECTS) return response;
        hop = nextHop(hop, response.status, new URL(location));
      }
    },
  };
}

function toResponse({ status = 200, headers = {}, body }: CannedAnswer, url: URL): HttpResponse {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  if (typeof body === 'object' && body !== null && !isBytes(body))
    flat['content-type'] ??= 'application/json';
  // The body is given decoded, as the real door hands it on.
  delete flat['content-encoding'];
  return { status, statusText: '', headers: flat, body: toBytes(body), url: url.href };
}

function toBytes(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  return isBytes(body) ? Buffer.from(body.$bytes, 'base64') : Buffer.from(JSON.stringify(body));
}

const isBytes = (body: object): body is { $bytes: string } =>
  '$bytes' in body && typeof body.$bytes === 'string';

/** The order of the query does not matter, nor how its characters are escaped. */
function normalised(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.hash = '';
  url.searchParams.sort();
  return url.href.replace(/\/(?=\?|$)/, '');
}
