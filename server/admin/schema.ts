import { z } from 'zod';
import { EXECUTION_STATUSES } from '../executions/schema.ts';
import { planKeySchema } from '../plans/schema.ts';
import { roleSchema } from '../workspaces/schema.ts';

const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};
const search = z.string().trim().max(200).optional();

/** Counts by status. */
const counts = z.record(z.string(), z.number());
export const figuresSchema = z.object({
  users: z.number(),
  blockedUsers: z.number(),
  workspaces: z.number(),
  deletedWorkspaces: z.number(),
  workflows: z.number(),
  activeWorkflows: z.number(),
  /** Those that have not ended. */
  active: counts,
  workers: z.number(),
  dueJobs: z.number(),
});
/** Ended executions since midnight UTC and in seven days; null: too many to count while somebody waits. */
export const endedSchema = z.object({ today: counts, week: counts }).nullable();

export const listUsersSchema = z.object({ ...page, search });
export const adminUserSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  isAdmin: z.boolean(),
  blockedAt: z.date().nullable(),
  createdAt: z.date(),
  emailVerified: z.boolean(),
  twoFactor: z.boolean(),
  sessions: z.number(),
  workspaces: z.number(),
  lastSeenAt: z.date().nullable(),
});
export type AdminUser = z.output<typeof adminUserSchema>;
export const usersPageSchema = z.object({
  data: z.array(adminUserSchema),
  nextCursor: z.string().nullable(),
});

export const listWorkspacesSchema = z.object({ ...page, search });
export const adminWorkspaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  plan: z.string(),
  /** An operator's choice of the plan; null: as bought, or everybody's. */
  planOverride: z.string().nullable(),
  seats: z.number().nullable(),
  createdAt: z.date(),
  deletedAt: z.date().nullable(),
  purgeAt: z.date().nullable(),
  members: z.number(),
  workflows: z.number(),
  /** In 30 days; counted up to `MANY`. */
  executions: z.number(),
});
export type AdminWorkspace = z.output<typeof adminWorkspaceSchema>;
export const MANY = 10_000;
export const workspacesPageSchema = z.object({
  data: z.array(adminWorkspaceSchema),
  nextCursor: z.string().nullable(),
});
export const workspaceMembersSchema = z.object({
  data: z.array(z.object({ userId: z.string(), name: z.string(), email: z.string(), role: roleSchema })),
  nextCursor: z.null(),
});
export const setSeatsSchema = z.object({
  id: z.uuid(),
  seats: z
    .number()
    .int()
    .min(1, 'Enter a whole number from 1 on, or nothing for no limit.')
    .max(100_000)
    .nullable(),
});

export const listExecutionsSchema = z.object({
  ...page,
  workspaceId: z.uuid().optional(),
  status: z.enum(EXECUTION_STATUSES).optional(),
});
/** What happened, and nothing of what went through it: not even the text of an error. */
export const adminExecutionSchema = z.object({
  id: z.string(),
  workspaceId: z.string(),
  workspaceName: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  status: z.string(),
  mode: z.string(),
  errorKind: z.string().nullable(),
  queuedAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
});
export type AdminExecution = z.output<typeof adminExecutionSchema>;
export const executionsPageSchema = z.object({
  data: z.array(adminExecutionSchema),
  nextCursor: z.string().nullable(),
});

export const queueSchema = z.object({
  tiers: z.array(z.object({ tier: z.string(), status: z.string(), count: z.number(), oldestAt: z.date() })),
  workspaces: z.array(
    z.object({ id: z.string(), name: z.string(), queued: z.number(), running: z.number() }),
  ),
  /** In production, and neither retried nor dismissed; counted up to `MANY`. */
  deadLetters: z.number(),
  jobs: z.array(
    z.object({
      task: z.string(),
      waiting: z.number(),
      running: z.number(),
      failed: z.number(),
      oldestAt: z.date().nullable(),
    }),
  ),
  failures: z.array(
    z.object({
      id: z.string(),
      task: z.string(),
      attempts: z.number(),
      maxAttempts: z.number(),
      runAt: z.date(),
      error: z.string(),
    }),
  ),
});
export const setPlanSchema = z.object({ id: z.uuid(), plan: planKeySchema.nullable() });
const CREDIT = 'Enter a whole number from 1 to 100,000,000.';
export const giveCreditSchema = z.object({
  id: z.uuid(),
  executions: z.number(CREDIT).int(CREDIT).min(1, CREDIT).max(100_000_000, CREDIT),
});
