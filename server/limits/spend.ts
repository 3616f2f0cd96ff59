import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { type Demand, LimitBook, type Standing } from './book.ts';
import { type LimitClass, PAYERS, type Payer } from './policy.ts';
import { settleInDatabase } from './store.ts';

export type Who = Partial<Record<Payer, string | undefined>>;

const book = new LimitBook(settleInDatabase);

/**
 * Counts one call of a class against the limits of everyone in `who`. The tightest standing, or null when nothing limits
 * it. Answers at once unless a limit is small or a good part of it was just used: then a promise.
 */
export function spend(name: LimitClass, who: Who): Standing | null | Promise<Standing> {
  const { windowSeconds, limits, exact } = env().LINKFLOW_RATE_LIMITS[name];
  const demands: Demand[] = [];
  for (const payer of PAYERS) {
    const limit = limits[payer];
    const id = who[payer];
    if (limit === undefined || id === undefined) continue;
    const policy = `${name}.${payer}`;
    demands.push({ policy, key: `limit:${policy}:${id}`, limit, windowMs: windowSeconds * 1000 });
  }
  if (demands.length === 0) return null;
  return exact ? countEach(demands) : book.take(demands);
}

/** Without memory: every call is counted in the database before it is let in. Without a database the book counts. */
async function countEach(demands: readonly Demand[]): Promise<Standing> {
  const counts = await settleInDatabase(demands.map(({ key, windowMs }) => ({ key, by: 1, windowMs })));
  if (!counts) return book.take(demands);
  return demands
    .map(({ policy, key, limit, windowMs }) => {
      const { count, leftMs } = counts.get(key)!;
      return {
        policy,
        allowed: count <= limit,
        limit,
        remaining: Math.max(0, limit - count),
        windowSeconds: windowMs / 1000,
        resetSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
      };
    })
    .reduce((a, b) => (b.remaining / b.limit < a.remaining / a.limit || !b.allowed ? b : a));
}

/** Throws TOO_MANY_REQUESTS with `retryAfter` in seconds, and says what to do; `extra` is for the caller too. */
export function assertAllowed(
  { allowed, policy, limit, windowSeconds, resetSeconds }: Standing,
  extra: Record<string, unknown> = {},
): void {
  if (allowed) return;
  throw new AppError(
    'TOO_MANY_REQUESTS',
    `Too many calls: ${limit} in ${windowSeconds} seconds are allowed. Try again in ${resetSeconds} seconds, and slow down.`,
    { retryAfter: resetSeconds, policy, ...extra },
  );
}

/** `RateLimit-*` as the IETF draft writes them: seconds, and the policy with its window. */
export const limitHeaders = (standing: Standing): Record<string, string> => ({
  'ratelimit-limit': String(standing.limit),
  'ratelimit-remaining': String(standing.remaining),
  'ratelimit-reset': String(standing.resetSeconds),
  'ratelimit-policy': `${standing.limit};w=${standing.windowSeconds};comment="${standing.policy}"`,
  ...(standing.allowed ? {} : { 'retry-after': String(standing.resetSeconds) }),
});
