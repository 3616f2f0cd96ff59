import type { IncomingMessage, ServerResponse } from 'node:http';

/** Sites whose scripts may call a webhook; null: none. */
export type Origins = '*' | ReadonlySet<string> | null;

const MAX_AGE_S = 600;

/** `https://a.example, https://b.example` or `*`; `wrong` are entries that are no origins. */
export function parseOrigins(text: string): { origins: Origins; wrong: string[] } {
  const entries = text
    .split(',')
    .map((entry) => entry.trim().replace(/\/$/, ''))
    .filter(Boolean);
  if (entries.length === 0) return { origins: null, wrong: [] };
  if (entries.includes('*')) return { origins: '*', wrong: [] };
  const wrong = entries.filter(
    (entry) => entry.includes('*') || URL.parse(entry)?.origin !== entry.toLowerCase(),
  );
  return { origins: new Set(entries.map((entry) => entry.toLowerCase())), wrong };
}

/**
 * Lets the script that called read the answer, if its site is one of `origins`. Never with cookies: who is signed in to the
 * app means nothing to a webhook.
 */
export function allowOrigin(origins: Origins, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origins === null || origin === undefined) return false;
  if (origins !== '*') response.setHeader('vary', 'origin');
  if (origins !== '*' && !origins.has(origin)) return false;
  response.setHeader('access-control-allow-origin', origins === '*' ? '*' : origin);
  response.setHeader('access-control-expose-headers', '*');
  return true;
}

/** Is this a browser that asks before it calls? */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

/** Answers a browser that asks; `methods` null: any. */
export function answerPreflight(
  origins: Origins,
  methods: readonly string[] | null,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (allowOrigin(origins, request, response)) {
    const { headers } = request;
    const method = headers['access-control-request-method'] ?? '';
    const names = headers['access-control-request-headers'] ?? '';
    const allowed = methods ?? (/^[A-Z]{1,20}$/.test(method) ? [method] : []);
    response.setHeader('access-control-allow-methods', allowed.join(', '));
    if (/^[\w\s,-]{1,1000}$/.test(names)) response.setHeader('access-control-allow-headers', names);
    response.setHeader('access-control-max-age', String(MAX_AGE_S));
  }
  response.writeHead(204).end();
}
