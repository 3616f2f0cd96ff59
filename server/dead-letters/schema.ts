import { z } from 'zod';
import { executionSummarySchema } from '../executions/schema.ts';

/** An execution that failed in production and that nobody has retried or dismissed yet. */
export const deadLetterSchema = executionSummarySchema;

/** Which ones: by workflow, by what the error says, or both. */
export const deadLetterFilterSchema = z.object({
  workflowId: z.uuid().optional(),
  /** The message of the error, whole. */
  message: z.string().max(10_000).optional(),
  /** Only those that were queued before: so that handling many does not also handle what fails meanwhile. */
  before: z.coerce.date().optional(),
});
export type DeadLetterFilter = z.output<typeof deadLetterFilterSchema>;

export const listDeadLettersSchema = deadLetterFilterSchema.extend({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
export const deadLetterPageSchema = z.object({
  data: z.array(deadLetterSchema),
  nextCursor: z.string().nullable(),
});

/** Failures that say the same in the same workflow, with how many there are. */
export const deadLetterGroupSchema = z.object({
  workflowId: z.string(),
  workflowName: z.string(),
  kind: z.string(),
  message: z.string(),
  count: z.number(),
  newestAt: z.date(),
});
export type DeadLetterGroup = z.output<typeof deadLetterGroupSchema>;

/** One call handles this many at most; it says how many are left. */
export const MAX_HANDLED_AT_ONCE = 500;

const which = z.union([
  z.object({ ids: z.array(z.uuid()).min(1).max(MAX_HANDLED_AT_ONCE) }),
  z.object({ filter: deadLetterFilterSchema }),
]);
export type WhichDeadLetters = z.output<typeof which>;

export const retryDeadLettersSchema = z.object({
  which,
  /** failed: what had ended before the failure is taken over and not run again. */
  from: z.enum(['start', 'failed']).default('failed'),
  version: z.enum(['same', 'draft']).default('same'),
});
export const dismissDeadLettersSchema = z.object({ which });
/** How many were handled by this call, and how many of those that were meant are left. */
export const handledSchema = z.object({ handled: z.number(), left: z.number() });
