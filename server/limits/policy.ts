/** Who pays for a call: an API key, a signed-in person, their workspace, the caller’s address, one public endpoint. */
export const PAYERS = ['key', 'user', 'workspace', 'address', 'endpoint'] as const;
export type Payer = (typeof PAYERS)[number];

interface ClassPolicy {
  windowSeconds: number;
  /** Counted in the database one by one, since the limit is small and a guess too many matters. */
  exact?: boolean;
  /** Calls in a window; who is not named is not counted. */
  limits: Partial<Record<Payer, number>>;
}

/**
 * The one table of rate limits, by what a call does. People at one machine or behind one router do not meet them in
 * ordinary use: they are there so that one caller cannot take the whole machine, and that guessing is slow.
 */
export const DEFAULT_LIMITS = {
  /** Everything under /api, before anyone knows who calls. */
  calls: { windowSeconds: 60, limits: { address: 60_000 } },
  reads: { windowSeconds: 60, limits: { key: 12_000, user: 12_000, workspace: 60_000, address: 30_000 } },
  writes: { windowSeconds: 60, limits: { key: 6_000, user: 6_000, workspace: 30_000, address: 6_000 } },
  starts: { windowSeconds: 60, limits: { key: 6_000, user: 6_000, workspace: 30_000 } },
  uploads: { windowSeconds: 60, limits: { key: 1_200, user: 1_200, workspace: 6_000 } },
  /** What proves who one is, or makes an account. Passwords have a limit per account besides (auth/sign-in.ts). */
  auth: { windowSeconds: 300, exact: true, limits: { address: 200, user: 60 } },
  webhooks: { windowSeconds: 60, limits: { endpoint: 1_200_000, address: 1_200_000 } },
  /** Forms, chats and links that let an execution go on. */
  public: { windowSeconds: 60, limits: { endpoint: 60_000, address: 60_000 } },
} satisfies Record<string, ClassPolicy>;

export type LimitClass = keyof typeof DEFAULT_LIMITS;
export type Limits = Record<LimitClass, ClassPolicy>;

const SETTING = /^([a-z]+)\.([a-z]+)=(\d{1,9})$/;

/**
 * The table with what `LINKFLOW_RATE_LIMITS` changes: `off`, or `reads.key=600,auth.address=20` (calls in the window of
 * the class; 0 takes the limit away). Throws an Error that names the wrong part.
 */
export function parseLimits(setting: string): Limits {
  const limits = structuredClone(DEFAULT_LIMITS) as Limits;
  if (setting.trim() === 'off') {
    for (const policy of Object.values(limits)) policy.limits = {};
    return limits;
  }
  for (const part of setting.split(',').map((text) => text.trim())) {
    if (part === '') continue;
    const [, name = '', payer = '', count] = SETTING.exec(part) ?? [];
    const policy = Object.hasOwn(limits, name) ? limits[name as LimitClass] : undefined;
    if (!policy || policy.limits[payer as Payer] === undefined) throw new Error(`has no limit “${part}”`);
    if (Number(count) === 0) delete policy.limits[payer as Payer];
    else policy.limits[payer as Payer] = Number(count);
  }
  return limits;
}
