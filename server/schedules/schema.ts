import { z } from 'zod';
import { pageParts } from '../rest/list-page.ts';
import { issueSchema } from '../workflows/schema.ts';

/** One rule, as a schedule node has it: repeatedly, by cron expression, or once. */
export const ruleSchema = z.strictObject({
  mode: z.enum(['interval', 'cron', 'once']).optional(),
  every: z.number().int().min(1).optional(),
  unit: z.enum(['seconds', 'minutes', 'hours', 'days', 'weeks', 'months']).optional(),
  weekdays: z.string().max(100).optional(),
  dayOfMonth: z.number().int().min(1).max(31).optional(),
  hour: z.number().int().min(0).max(23).optional(),
  minute: z.number().int().min(0).max(59).optional(),
  cron: z.string().max(200).optional(),
  at: z.string().max(40).optional(),
});
export type Rule = z.output<typeof ruleSchema>;

/** One of them: a cron expression, one rule, or several. */
const when = {
  cron: z.string().trim().min(1).max(200).optional(),
  rule: ruleSchema.optional(),
  rules: z.array(ruleSchema).min(1).max(20).optional(),
};
const timezone = z.string().min(1).max(64).optional();
const name = z.string().trim().min(1).max(200).optional();

/** `<workflow>:<node>` */
const scheduleId = z.string().min(1).max(120);
export const scheduleIdSchema = z.object({ id: scheduleId });
export const listSchedulesSchema = z.object({
  workflowId: z.uuid().optional(),
  ...pageParts,
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const createScheduleSchema = z.object({ workflowId: z.uuid(), name, ...when, timezone });
export const updateScheduleSchema = z.object({ id: scheduleId, name, ...when, timezone });

export const scheduleSchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  nodeId: z.string(),
  name: z.string(),
  /**
   * active: it starts its workflow · paused · inactive: the workflow is off · draft: not published yet · ended: published,
   * and no time is left
   */
  status: z.enum(['active', 'paused', 'inactive', 'draft', 'ended']),
  /** What is live; of a schedule that was never published, what the draft says. */
  rules: z.array(z.record(z.string(), z.unknown())),
  timezone: z.string(),
  /** The next times, five at most; what a schedule that is not active would do. */
  nextRuns: z.array(z.date()),
  lastRunAt: z.date().nullable(),
  /** The draft says something else than what is live. */
  draftDiffers: z.boolean(),
});
export type Schedule = z.output<typeof scheduleSchema>;
export const schedulePageSchema = z.object({
  data: z.array(scheduleSchema),
  nextCursor: z.string().nullable(),
});
/** `issues` are those of the whole draft. */
export const savedScheduleSchema = scheduleSchema.extend({ issues: z.array(issueSchema) });
