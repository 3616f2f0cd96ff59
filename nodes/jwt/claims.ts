import { NodeError } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';

export interface ClaimRules {
  issuer?: string;
  audience?: string;
  ignoreExpiration?: boolean;
  ignoreNotBefore?: boolean;
  toleranceSeconds?: number;
}

/** Throws NodeError(config) that says why a token with a right signature is not good. `now` in seconds. */
export function checkClaims(payload: JsonObject, now: number, rules: ClaimRules): void {
  const tolerance = rules.toleranceSeconds ?? 0;
  const { exp, nbf, iss, aud } = payload;
  if (!rules.ignoreExpiration && exp !== undefined && !(typeof exp === 'number' && now < exp + tolerance))
    throw refusal('The token has expired.');
  if (!rules.ignoreNotBefore && nbf !== undefined && !(typeof nbf === 'number' && now >= nbf - tolerance))
    throw refusal('The token is not good yet.');
  if (rules.issuer && iss !== rules.issuer) throw refusal('The token comes from somebody else.');
  const audience: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (rules.audience && !audience.includes(rules.audience))
    throw refusal('The token is meant for somebody else.');
}

const refusal = (message: string) => new NodeError('config', message, { field: 'token' });
