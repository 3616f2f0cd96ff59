import type { IncomingMessage } from 'node:http';
import { fromPairs } from './body.ts';

/** What a caller sent, in the shape that the item of a webhook has. */
export function callDataOf(request: IncomingMessage, url: URL, body: unknown) {
  return {
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([k, v]) => [k, Array.isArray(v) ? v.join(', ') : v]),
    ),
    params: {},
    query: fromPairs(url.searchParams),
    body,
  };
}

const BOT = /bot\b|crawl|spider|preview|facebookexternalhit|whatsapp|embedly|slurp/i;

/** Crawlers, and chats that look at a link to show what is behind it. */
export const isLinkPreview = (request: IncomingMessage): boolean =>
  BOT.test(request.headers['user-agent'] ?? '');
