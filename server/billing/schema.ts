import { z } from 'zod';
import { billingIntervalSchema, type Plan, planKeySchema, soldPlanSchema } from '../plans/schema.ts';

/** As Stripe has them. */
export const SUBSCRIPTION_STATES = [
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'canceled',
  'incomplete',
  'incomplete_expired',
  'paused',
] as const;

/** A plan holds this long after a payment failed. */
export const GRACE_DAYS = 14;

export const subscriptionSchema = z.object({
  plan: planKeySchema,
  interval: billingIntervalSchema,
  status: z.enum(SUBSCRIPTION_STATES),
  currentPeriodEnd: z.date(),
  trialEndsAt: z.date().nullable(),
  /** When it ends, if somebody cancelled it. */
  cancelAt: z.date().nullable(),
  pastDueSince: z.date().nullable(),
  /** Until then the plan holds although a payment is open. */
  graceEndsAt: z.date().nullable(),
});
export type SubscriptionView = z.output<typeof subscriptionSchema>;

export const billingSchema = z.object({
  /** Whether plans can be bought here at all (Stripe is configured). */
  configured: z.boolean(),
  plan: planKeySchema,
  /** An operator chose the plan; what is bought changes nothing meanwhile. */
  overridden: z.boolean(),
  subscription: subscriptionSchema.nullable(),
  mayTry: z.boolean(),
  /** Executions beyond the plan's that may start in a month. */
  overage: z.number(),
});
export type Billing = z.output<typeof billingSchema>;

export const chooseSchema = z.object({ plan: soldPlanSchema, interval: billingIntervalSchema });
export const linkSchema = z.object({ url: z.string() });

/** Amounts in the smallest unit of the currency. */
export const changePreviewSchema = z.object({
  currency: z.string(),
  /** What is charged at once; negative amounts are credited to the next invoices. */
  dueNow: z.number(),
  lines: z.array(z.object({ description: z.string(), amount: z.number() })),
  nextAmount: z.number(),
  nextAt: z.date(),
});
export type ChangePreview = z.output<typeof changePreviewSchema>;

export const invoiceSchema = z.object({
  id: z.string(),
  number: z.string().nullable(),
  createdAt: z.date(),
  total: z.number(),
  tax: z.number(),
  currency: z.string(),
  status: z.string(),
  /** Stripe's page of it, where it can be paid. */
  pageUrl: z.string().nullable(),
  pdfUrl: z.string().nullable(),
});
export type Invoice = z.output<typeof invoiceSchema>;
export const invoicePageSchema = z.object({ data: z.array(invoiceSchema), nextCursor: z.null() });

const amount = z.number().int().nullable();
/** As server/plans/schema.ts has it; null: any number, and not sold for prices. */
export const planSchema = z.object({
  key: planKeySchema,
  name: z.string(),
  tagline: z.string(),
  /** Cents of US dollars. */
  prices: z.object({ month: z.number().int(), year: z.number().int() }).nullable(),
  /** Cents for 1,000 executions beyond those of the plan. */
  overagePer1000: amount,
  trialDays: z.number().int(),
  support: z.string(),
  executionsPerMonth: amount,
  activeWorkflows: amount,
  members: amount,
  concurrentExecutions: amount,
  retentionDays: amount,
  minScheduleSeconds: z.number().int(),
}) satisfies z.ZodType<Partial<Plan>>;
export const planPageSchema = z.object({ data: z.array(planSchema), nextCursor: z.null() });
