import { z } from 'zod';

export const PLAN_KEYS = ['free', 'pro', 'business', 'enterprise', 'self-hosted'] as const;
export const planKeySchema = z.enum(PLAN_KEYS);
export type PlanKey = z.output<typeof planKeySchema>;

export const BILLING_INTERVALS = ['month', 'year'] as const;
export const billingIntervalSchema = z.enum(BILLING_INTERVALS);
export type BillingInterval = z.output<typeof billingIntervalSchema>;

/** What a workspace may use; null: any number. */
export interface PlanLimits {
  /** Starts that count, in a month of usage (docs/billing.md says which count). */
  executionsPerMonth: number | null;
  /** Published workflows that are active. */
  activeWorkflows: number | null;
  /** Members, invited ones included. */
  members: number | null;
  /** Executions that run at the same time. */
  concurrentExecutions: number | null;
  /** Ended executions are kept this long. */
  retentionDays: number | null;
  /** Schedules and mailboxes start no more often. */
  minScheduleSeconds: number;
  /** Its share when workspaces compete for slots. */
  weight: number;
}

export interface Plan extends PlanLimits {
  key: PlanKey;
  name: string;
  tagline: string;
  /** In cents of US dollars; null: not sold here. */
  prices: { month: number; year: number } | null;
  /** Cents for 1,000 executions beyond those of the plan; null: no more than those. */
  overagePer1000: number | null;
  trialDays: number;
  support: string;
}

/** Every plan, the smallest first. A number that is changed here holds at once for new months, and for all others when `watch-plans` has run. */
export const PLANS: Readonly<Record<PlanKey, Plan>> = {
  free: {
    key: 'free',
    name: 'Free',
    tagline: 'Automate the first things that annoy you.',
    prices: { month: 0, year: 0 },
    executionsPerMonth: 1_000,
    overagePer1000: null,
    activeWorkflows: 5,
    members: 3,
    concurrentExecutions: 5,
    retentionDays: 7,
    minScheduleSeconds: 300,
    weight: 1,
    trialDays: 0,
    support: 'Documentation',
  },
  pro: {
    key: 'pro',
    name: 'Pro',
    tagline: 'For work that others rely on.',
    prices: { month: 2_900, year: 29_000 },
    executionsPerMonth: 50_000,
    overagePer1000: 100,
    activeWorkflows: 100,
    members: 15,
    concurrentExecutions: 50,
    retentionDays: 30,
    minScheduleSeconds: 60,
    weight: 2,
    trialDays: 14,
    support: 'E-mail, one working day',
  },
  business: {
    key: 'business',
    name: 'Business',
    tagline: 'For whole departments.',
    prices: { month: 9_900, year: 99_000 },
    executionsPerMonth: 500_000,
    overagePer1000: 60,
    activeWorkflows: null,
    members: 100,
    concurrentExecutions: 200,
    retentionDays: 90,
    minScheduleSeconds: 10,
    weight: 4,
    trialDays: 14,
    support: 'E-mail, four hours',
  },
  enterprise: {
    key: 'enterprise',
    name: 'Enterprise',
    tagline: 'As much as you need, as you need it.',
    prices: null,
    executionsPerMonth: null,
    overagePer1000: null,
    activeWorkflows: null,
    members: null,
    concurrentExecutions: 1_000,
    retentionDays: 365,
    minScheduleSeconds: 1,
    weight: 8,
    trialDays: 0,
    support: 'Your own contact, one hour',
  },
  'self-hosted': {
    key: 'self-hosted',
    name: 'Self-hosted',
    tagline: 'Everything, on your own machines.',
    prices: null,
    executionsPerMonth: null,
    overagePer1000: null,
    activeWorkflows: null,
    members: null,
    concurrentExecutions: null,
    retentionDays: null,
    minScheduleSeconds: 1,
    weight: 1,
    trialDays: 0,
    support: 'Documentation',
  },
};

/** After a plan that kept executions longer, nothing is deleted for so long: nobody loses data over a bill. */
export const DAYS_TO_EXPORT = 30;

/** Those that somebody can buy by themselves. */
export const SOLD_PLANS = ['pro', 'business'] as const satisfies readonly PlanKey[];
export const soldPlanSchema = z.enum(SOLD_PLANS);
export type SoldPlan = z.output<typeof soldPlanSchema>;

/** The plan of this key; one that is not known any more is the smallest. */
export const planOf = (key: string): Plan => (Object.hasOwn(PLANS, key) ? PLANS[key as PlanKey] : PLANS.free);

/** What changes for a workspace that goes to a plan with less; nothing is ever deleted by it but executions older than the plan keeps. */
export const consequencesSchema = z.object({
  /** Active workflows that would be paused: the newest beyond the plan's. */
  workflows: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Members who would be viewers until there are seats for them. */
  members: z.array(z.object({ userId: z.string(), name: z.string() })),
  /** Set when executions are kept for fewer days than now; the first leave `DAYS_TO_EXPORT` later. */
  retentionDays: z.number().nullable(),
  /** Set when more of the month is used than the plan has: nothing starts until then. */
  stopsUntil: z.date().nullable(),
});
export type Consequences = z.output<typeof consequencesSchema>;
