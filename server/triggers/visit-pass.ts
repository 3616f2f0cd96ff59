import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import { deriveKey, masterKeys } from '../secrets/master-keys.ts';
import type { ChatEndpoint, FormEndpoint } from './endpoints.ts';

/** Our listener tells the page in Next by this header that its visitor was let in; what a caller writes there is not signed. */
export const PASS_HEADER = 'x-linkflow-pass';

/** Whoever keeps a page open longer is asked again. In ms. */
const GOOD_FOR_MS = 12 * 3_600_000;

/** Lets a visitor who has proven who they are load what is on the page: browsers send their password to its address only. */
export function makePass(endpointId: string, { login }: Guarded, nowMs: number = Date.now()): string {
  const until = nowMs + GOOD_FOR_MS;
  return `${until}.${macOf(endpointId, login, until)}`;
}

/** Throws UNAUTHORIZED where a user and a password are asked for and `pass` is none, too old, or of another page or credential. */
export function assertPass(
  endpointId: string,
  { login }: Guarded,
  pass: string | undefined,
  nowMs: number = Date.now(),
): void {
  if (!login) return;
  const [until = '', mac = ''] = pass?.split('.') ?? [];
  if (Number(until) > nowMs && isSame(mac, macOf(endpointId, login, Number(until)))) return;
  throw new AppError('UNAUTHORIZED', 'This page asks for a user and a password. Load it again to log in.');
}

type Guarded = Pick<FormEndpoint | ChatEndpoint, 'login'>;

const macOf = (endpointId: string, login: Guarded['login'], until: number): string =>
  createHmac('sha256', deriveKey(masterKeys()[0], 'page-pass'))
    .update(JSON.stringify([endpointId, login?.credentialId ?? null, until]))
    .digest('base64url');

/** By bytes: a text as long as ours can have more of them. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
