import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignatureScheme = 'standard' | 'github' | 'stripe' | 'slack';

/** Gives a header that came exactly once; null when it is missing, empty or doubled. */
export type HeaderReader = (name: string) => string | null;

/** A call that is older, or from further in the future, may be one that somebody recorded. */
const TOLERANCE_S = 300;
/** Senders that change their secret sign with both for a while; nobody has this many. */
const MAX_SIGNATURES = 20;

/**
 * Why a signature over the raw body does not hold; null: it does. `broken` says that the secret itself cannot be used, so
 * that nothing would hold.
 */
export function checkSignature(
  scheme: SignatureScheme,
  secret: string,
  call: { header: HeaderReader; body: Buffer; nowMs: number },
): { why: string; broken?: true } | null {
  const key = keyOf(scheme, secret);
  if (!key) return { why: 'The signing secret of this webhook cannot be used.', broken: true };
  const claim = CLAIMS[scheme](call.header);
  if (!claim) return { why: 'The signature is missing.' };
  if (claim.timestamp !== undefined && !isRecent(claim.timestamp, call.nowMs))
    return { why: 'The timestamp of the signature is more than five minutes off.' };
  const expected = createHmac('sha256', key).update(claim.before).update(call.body).digest();
  const holds = claim.signatures
    .slice(0, MAX_SIGNATURES)
    .map((signature) => signature.length === expected.length && timingSafeEqual(signature, expected))
    .includes(true);
  return holds ? null : { why: 'The signature is not right.' };
}

/** What a call says about itself. `before` is signed in front of the body. */
interface Claim {
  timestamp?: string;
  before: string;
  signatures: Buffer[];
}

const CLAIMS: Record<SignatureScheme, (header: HeaderReader) => Claim | null> = {
  standard: (header) => {
    const id = header('webhook-id');
    const timestamp = header('webhook-timestamp');
    const signature = header('webhook-signature');
    if (!id || !timestamp || !signature) return null;
    const signatures = signature
      .split(' ')
      .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
    return { timestamp, before: `${id}.${timestamp}.`, signatures };
  },
  github: (header) => {
    const signature = header('x-hub-signature-256');
    return signature?.startsWith('sha256=') ? { before: '', signatures: hex(signature.slice(7)) } : null;
  },
  stripe: (header) => {
    const parts = header('stripe-signature')
      ?.split(',')
      .map((part): [string, string] => {
        const [name = '', ...rest] = part.split('=');
        return [name.trim(), rest.join('=').trim()];
      });
    const times = parts?.filter(([name]) => name === 't') ?? [];
    if (!parts || times.length !== 1) return null;
    const timestamp = times[0]![1];
    const signatures = parts.flatMap(([name, value]) => (name === 'v1' ? hex(value) : []));
    return { timestamp, before: `${timestamp}.`, signatures };
  },
  slack: (header) => {
    const timestamp = header('x-slack-request-timestamp');
    const signature = header('x-slack-signature');
    if (!timestamp || !signature?.startsWith('v0=')) return null;
    return { timestamp, before: `v0:${timestamp}:`, signatures: hex(signature.slice(3)) };
  },
};

const hex = (text: string): Buffer[] => (/^[0-9a-f]{64}$/i.test(text) ? [Buffer.from(text, 'hex')] : []);

function isRecent(timestamp: string, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_S;
}

/** Standard Webhooks writes its keys in base64, the others use the text as it is. null: no key, so no call may pass. */
function keyOf(scheme: SignatureScheme, secret: string): Buffer | null {
  const text = secret.trim();
  if (text === '') return null;
  if (scheme !== 'standard') return Buffer.from(text);
  const encoded = text.replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
  const key = Buffer.from(encoded, 'base64');
  return key.length > 0 ? key : null;
}
