import { NodeError } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';

/** One request on the wire. */
export interface Hop {
  method: string;
  url: URL;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
}

/** Set by the client itself, or about the connection rather than the request. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const METHOD = /^[A-Z-]{1,32}$/;
const REFUSED_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** The first hop: query added, user and password of the URL moved to their header. Throws NodeError(config). */
export function firstHop(request: HttpRequest, url: URL): Hop {
  const method = request.method.trim().toUpperCase();
  if (!METHOD.test(method) || REFUSED_METHODS.has(method)) {
    throw new NodeError('config', `“${request.method.slice(0, 40)}” is not a method that can be used.`, {
      field: 'method',
    });
  }
  const target = new URL(url);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) target.searchParams.append(name, one);
  }
  const basic = basicOf(target);
  const headers: Record<string, string> = {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'LinkFlow',
    ...(basic ? { authorization: basic } : {}),
    ...cleanHeaders(request.headers ?? {}),
  };
  target.username = '';
  target.password = '';
  target.hash = '';
  const body = request.body?.length ? request.body : undefined;
  return { method, url: target, headers, body };
}

function cleanHeaders(given: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [rawName, value] of Object.entries(given)) {
    const name = rawName.trim().toLowerCase();
    if (OWN_HEADERS.has(name)) continue;
    const text = String(value).trim();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get into a header
    if (!HEADER_NAME.test(name) || /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(text)) {
      throw new NodeError(
        'config',
        `The header “${rawName.slice(0, 80)}” holds characters that a header cannot have.`,
        { field: 'headers' },
      );
    }
    headers[name] = text;
  }
  return headers;
}

/** User and password of a URL as a header has them. */
export function basicOf(url: URL): string | undefined {
  if (!url.username && !url.password) return undefined;
  const pair = `${decode(url.username)}:${decode(url.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** A per cent sign that begins no escape stands for itself. */
const decode = (text: string): string =>
  text.replace(/(%[0-9a-f]{2})+/gi, (part) => Buffer.from(part.replaceAll('%', ''), 'hex').toString());
