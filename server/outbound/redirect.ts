import type { Hop } from './request-parts.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/**
 * Any header may carry a secret (`x-api-key`, `api-token` …), and no list of such names is complete; so another origin
 * gets only those that never do.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-language',
  'content-type',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'range',
  'user-agent',
]);

/** Where an answer sends the caller, as text to be checked; null when it is no redirect. */
export function redirectTarget(status: number, location: string | undefined, from: URL): string | null {
  if (!REDIRECTS.has(status) || !location) return null;
  return URL.canParse(location, from) ? new URL(location, from).href : location;
}

/** The next request, by the rules of fetch: 303, and 301/302 after POST, become GET without a body. */
export function nextHop(hop: Hop, status: number, target: URL): Hop {
  const url = new URL(target);
  url.username = '';
  url.password = '';
  url.hash = '';
  const toGet =
    (status === 303 && hop.method !== 'HEAD' && hop.method !== 'GET') ||
    ((status === 301 || status === 302) && hop.method === 'POST');
  const sameOrigin = url.origin === hop.url.origin;
  const headers = Object.entries(hop.headers).filter(
    ([name]) => (sameOrigin || HARMLESS.has(name)) && !(toGet && name.startsWith('content-')),
  );
  return {
    method: toGet ? 'GET' : hop.method,
    url,
    headers: Object.fromEntries(headers),
    body: toGet ? undefined : hop.body,
  };
}
