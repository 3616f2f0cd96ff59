import { z } from 'zod';
import { planKeySchema } from '../plans/schema.ts';

/** How much of something there is, and how much there may be; null: any number. */
const shareSchema = z.object({ used: z.number(), limit: z.number().nullable() });

/** Why a start was refused: the workspace's month is used up, or the workflow's budget is. */
export const REFUSALS = ['plan', 'budget'] as const;
export type Refusal = (typeof REFUSALS)[number];

export const periodSchema = z.object({
  startsAt: z.date(),
  /** The first moment that is not in it. */
  endsAt: z.date(),
  /** Executions that count. */
  used: z.number(),
  /** Of the plan; null: any number. */
  included: z.number().nullable(),
  /** Given by an operator, on top of the plan. */
  credit: z.number(),
  /** How many more may start, to be paid for. */
  overage: z.number(),
});
export type Period = z.output<typeof periodSchema>;

export const usageSchema = z.object({
  plan: planKeySchema,
  period: periodSchema.extend({
    /** What `used` will be at the end if it goes on like this; null in the first hours. */
    forecast: z.number().nullable(),
  }),
  /** Days (UTC) of the period up to today, as YYYY-MM-DD, without gaps. */
  days: z.array(z.object({ day: z.string(), executions: z.number(), apiCalls: z.number() })),
  activeWorkflows: shareSchema,
  members: shareSchema,
  runningExecutions: shareSchema,
  storageBytes: z.number(),
  retentionDays: z.number().nullable(),
});
export type Usage = z.output<typeof usageSchema>;

export const workflowUsageSchema = z.object({
  workflowId: z.string(),
  /** null: it was deleted. */
  name: z.string().nullable(),
  executions: z.number(),
  /** Executions in a month of usage, before the workflow is paused; null: none. */
  budget: z.number().nullable(),
  pausedBy: z.enum(REFUSALS).nullable(),
});
export type WorkflowUsage = z.output<typeof workflowUsageSchema>;

export const memberUsageSchema = z.object({
  /** null: nobody who is known any more. */
  userId: z.string().nullable(),
  name: z.string().nullable(),
  executions: z.number(),
});

export const refusedStartSchema = z.object({
  /** YYYY-MM-DD, UTC. */
  day: z.string(),
  workflowId: z.string(),
  name: z.string().nullable(),
  /** webhook, schedule, form, chat, email, api */
  mode: z.string(),
  reason: z.enum(REFUSALS),
  count: z.number(),
  lastAt: z.date(),
});

const COUNT = 'Enter a whole number from 1 to 100,000,000, or nothing for no budget.';
export const setBudgetSchema = z.object({
  workflowId: z.uuid(),
  budget: z.number(COUNT).int(COUNT).min(1, COUNT).max(100_000_000, COUNT).nullable(),
});
const OVERAGE = 'Enter a whole number from 0 to 100,000,000.';
export const setOverageSchema = z.object({
  overage: z.number(OVERAGE).int(OVERAGE).min(0, OVERAGE).max(100_000_000, OVERAGE),
});
