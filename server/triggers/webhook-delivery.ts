import { createHash } from 'node:crypto';
import { getPath, isPlain } from '#nodes/paths.ts';
import type { SignatureScheme } from './webhook-signature.ts';

/** What a call says, as its item has it. */
interface Call {
  headers: Record<string, string | undefined>;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

/** Names under which senders state the id of a delivery; a repeated one gives the execution that is already there. */
const HEADERS = ['webhook-id', 'x-github-delivery', 'idempotency-key'] as const;

/** Where senders state it inside of what they signed; headers that they did not sign can be changed by who repeats a call. */
const SIGNED_FIELDS: Partial<Record<SignatureScheme, string>> = { stripe: 'id', slack: 'event_id' };

const MAX_PLAIN = 300;

/**
 * The id of a delivery: where its webhook says that it is, where the sender signed it, or in a well-known header. null: it
 * has none. `path` is only ever a path: what callers send is never evaluated.
 */
export function deliveryIdOf(call: Call, path: string, scheme: SignatureScheme | null): string | null {
  const { headers, params, query, body } = call;
  const chosen = path === '' ? null : idText(getPath({ headers, params, query, body }, path));
  if (chosen !== null) return `at:${hashOf(chosen)}`;
  const field = scheme && SIGNED_FIELDS[scheme];
  const signed = field && isPlain(body) && Object.hasOwn(body, field) ? idText(body[field]) : null;
  if (signed !== null) return `signed:${hashOf(signed)}`;
  for (const name of HEADERS) {
    const value = headers[name];
    if (value) return value.slice(0, MAX_PLAIN);
  }
  return null;
}

/** Texts and numbers are ids; null, lists and objects are none. */
function idText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Ids of bodies may be of any length and hold what the database does not take. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
