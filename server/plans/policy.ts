import { GRACE_DAYS } from '../billing/schema.ts';
import { AppError } from '../errors.ts';
import {
  DAYS_TO_EXPORT,
  PLAN_KEYS,
  PLANS,
  type Plan,
  type PlanKey,
  type PlanLimits,
  planOf,
} from './schema.ts';

/** What is known of a subscription; all of it comes from Stripe. */
export interface Bought {
  plan: string | null;
  status: string | null;
  pastDueSince: Date | null;
}

const DAY_MS = 86_400_000;

/** Until when the plan of a subscription holds, by what is known of it now; null: it does not. */
export function holdsUntil({ plan, status, pastDueSince }: Bought): Date | 'on' | null {
  if (!plan) return null;
  if (status === 'active' || status === 'trialing') return 'on';
  if (status !== 'past_due') return null;
  return pastDueSince ? new Date(pastDueSince.getTime() + GRACE_DAYS * DAY_MS) : 'on';
}

/** The plan that holds: an operator's choice, what was bought, or what everybody has. */
export function effectivePlan(
  choices: { override: string | null; bought: Bought | null; otherwise: PlanKey },
  now: Date,
): Plan {
  const { override, bought, otherwise } = choices;
  if (override) return planOf(override);
  const until = bought && holdsUntil(bought);
  if (bought?.plan && (until === 'on' || (until && until > now))) return planOf(bought.plan);
  return PLANS[otherwise];
}

/** When old executions may be deleted again, after a change of plan: `null` at once, where they are kept no shorter than before. */
export function deletesFrom(before: Plan, after: Plan, now: Date): Date | null {
  const shorter =
    after.retentionDays !== null &&
    (before.retentionDays === null || after.retentionDays < before.retentionDays);
  return shorter ? new Date(now.getTime() + DAYS_TO_EXPORT * DAY_MS) : null;
}

/** A limit that a person can meet, and get out of by a larger plan. */
export type LimitName = keyof Pick<
  PlanLimits,
  'executionsPerMonth' | 'activeWorkflows' | 'members' | 'minScheduleSeconds'
>;

/** The smallest plan above this one that has more of it; null: there is none. */
export function upgradeFor(plan: Plan, limit: LimitName): PlanKey | null {
  const rank = PLAN_KEYS.indexOf(plan.key);
  const more = PLAN_KEYS.slice(rank + 1, PLAN_KEYS.indexOf('self-hosted')).find((key) =>
    isMore(PLANS[key][limit], plan[limit], limit),
  );
  return more ?? null;
}

const isMore = (there: number | null, here: number | null, limit: LimitName): boolean =>
  here !== null && (there === null || (limit === 'minScheduleSeconds' ? there < here : there > here));

/** The one refusal for everything that a plan limits: PAYMENT_REQUIRED, with what the pages need to offer more. */
export const overLimit = (plan: Plan, limit: LimitName, message: string, extra: object = {}): AppError => {
  const upgradeTo = upgradeFor(plan, limit);
  const advice = upgradeTo ? ` The plan ${PLANS[upgradeTo].name} has more.` : '';
  return new AppError('PAYMENT_REQUIRED', `${message}${advice}`, {
    limit,
    plan: plan.key,
    upgradeTo,
    ...extra,
  });
};

/** Throws PAYMENT_REQUIRED when one more active workflow would be too many. `active`: how many there are without it. */
export function assertMayActivate(plan: Plan, active: number): void {
  const { activeWorkflows: most } = plan;
  if (most === null || active < most) return;
  throw overLimit(
    plan,
    'activeWorkflows',
    `The plan ${plan.name} has ${most} active workflows, and all are in use. Deactivate one first.`,
  );
}

/** Throws PAYMENT_REQUIRED when the schedule of a node is due more often than the plan allows. */
export function assertMayRunEvery(plan: Plan, nodeName: string, seconds: number): void {
  if (seconds >= plan.minScheduleSeconds) return;
  throw overLimit(
    plan,
    'minScheduleSeconds',
    `${nodeName}: the plan ${plan.name} starts schedules every ${describeSeconds(plan.minScheduleSeconds)} at most. Let it run less often.`,
    { nodeName },
  );
}

const describeSeconds = (seconds: number): string =>
  seconds % 60 === 0 ? (seconds === 60 ? 'minute' : `${seconds / 60} minutes`) : `${seconds} seconds`;
