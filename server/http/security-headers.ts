import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env.ts';

/** Where a page finds the nonce of its response, for the one script that is not Next's. */
export const NONCE_HEADER = 'x-nonce';

/**
 * The headers of everything that Next answers. A page gets a nonce of its own: Next reads it from the policy in the request
 * and puts it on its scripts. The API's answers are data, which load and show nothing.
 */
export function setSecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  dev = false,
): void {
  const isSecure = env().APP_URL.startsWith('https:');
  for (const [name, value] of FIXED) response.setHeader(name, value);
  if (isSecure) response.setHeader('strict-transport-security', 'max-age=31536000');
  if (path.startsWith('/api/')) {
    response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  const policy = pagePolicy(nonce, { isSecure, dev });
  request.headers[NONCE_HEADER] = nonce;
  request.headers['content-security-policy'] = policy;
  delete request.headers['content-security-policy-report-only'];
  response.setHeader('content-security-policy', policy);
}

/** The address of a page may hold a token, so other sites learn the origin at most. */
const FIXED = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'strict-origin-when-cross-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
  ['cross-origin-opener-policy', 'same-origin'],
] as const;

/**
 * Styles may be inline, since the canvas, menus and syntax highlighting set them on elements; scripts may not. Next’s
 * development server evaluates code and keeps a socket open.
 */
export function pagePolicy(nonce: string, { isSecure = false, dev = false } = {}): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
