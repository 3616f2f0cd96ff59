import type { IncomingMessage } from 'node:http';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** These do not act by a cookie alone: the API takes keys only, and sign-in has a token of its own in each form. */
const OWN_GUARD = /^\/api\/(?:v1|auth)(?:\/|$)/;

/**
 * Refuses what another site makes a browser send with our cookie. SameSite=Lax is not enough: another port of this host,
 * or a neighbour under the same domain, counts as the same site. Programs send neither header, and no browser's cookie.
 */
export function assertSameOrigin(request: IncomingMessage, path: string): void {
  if (SAFE.has(request.method ?? 'GET') || OWN_GUARD.test(path)) return;
  if (comesFromHere(request)) return;
  throw new AppError('FORBIDDEN', 'This call came from another site. Open LinkFlow and try again there.');
}

function comesFromHere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false; // `null`: a sandboxed page, or a redirect from elsewhere
  return origin === new URL(env().APP_URL).origin || new URL(origin).host === headers.host;
}
