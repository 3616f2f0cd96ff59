/** One part between slashes: a text that must be there, or a parameter that takes what is there. */
type Segment = { text: string } | { parameter: string };
export type WebhookPath = readonly Segment[];

const MAX_SEGMENTS = 20;
const MAX_PATH = 500;
/** What a call may have below the address, as it was sent. */
const MAX_CALLED = 2_000;
const TEXT = /^(?!\.\.?$)[\p{L}\p{N}._~!$&'()*+,;=@-]+$/u;
const NAME = /^[a-z_]\w{0,63}$/i;
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** `orders/:orderId/lines` taken apart; '' is the address alone. A text says what is wrong with it. */
export function parseWebhookPath(path: string): WebhookPath | string {
  const trimmed = path.trim().replace(/^\/|\/$/g, '');
  if (trimmed === '') return [];
  if (trimmed.length > MAX_PATH) return `has more than ${MAX_PATH} letters`;
  const parts = trimmed.split('/');
  if (parts.length > MAX_SEGMENTS) return `has more than ${MAX_SEGMENTS} parts`;
  const names = new Set<string>();
  const segments: Segment[] = [];
  for (const part of parts) {
    if (!part.startsWith(':')) {
      if (!TEXT.test(part)) return `has a part that an address cannot have: “${part}”`;
      segments.push({ text: part });
      continue;
    }
    const name = part.slice(1);
    if (!NAME.test(name) || FORBIDDEN.has(name)) return `has a parameter without a proper name: “${part}”`;
    if (names.has(name)) return `has the parameter “${name}” twice`;
    names.add(name);
    segments.push({ parameter: name });
  }
  return segments;
}

/**
 * The parameters of a call to `called` (what follows the address, with its slash, as sent), or null when that is another
 * path. Every part is decoded once, after the slashes have been found: a slash that was encoded is data.
 */
export function matchWebhookPath(path: WebhookPath, called: string): Record<string, string> | null {
  if (path.length === 0) return called === '' ? {} : null;
  if (called.length > MAX_CALLED) return null;
  const parts = called.split('/');
  if (parts.length !== path.length + 1 || parts[0] !== '') return null;
  const found: [string, string][] = [];
  for (const [i, segment] of path.entries()) {
    const part = decoded(parts[i + 1]!);
    if (part === null || part === '') return null;
    if ('parameter' in segment) found.push([segment.parameter, part]);
    else if (part !== segment.text) return null;
  }
  return Object.fromEntries(found);
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null; // bytes that are no text: no path of ours
  }
}
