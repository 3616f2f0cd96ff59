import { z } from 'zod';
import type { EngineEvent } from '#engine/events.ts';
import type { ExecutionMode } from '#engine/node.ts';
import type { Workflow } from '#engine/workflow.ts';
import { checkAtOnce } from '../check-at-once.ts';
import { storedOutputSchema } from '../storage/schema.ts';
import { timeTextSchema } from '../time-text.ts';

export const EXECUTION_STATUSES = [
  'queued',
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'timeout',
] as const;
export const executionStatusSchema = z.enum(EXECUTION_STATUSES);
export type ExecutionStatus = z.output<typeof executionStatusSchema>;

/** Which workers may take an execution: `LINKFLOW_WORKER_TIERS`. Inside a workspace the first goes first. */
export const EXECUTION_TIERS = ['realtime', 'standard', 'heavy'] as const;
export type ExecutionTier = (typeof EXECUTION_TIERS)[number];

export const executionSummarySchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionId: z.string(),
  versionNumber: z.number().nullable(),
  status: executionStatusSchema,
  mode: z.string(),
  error: z.object({ message: z.string(), kind: z.string() }).loose().nullable(),
  queuedAt: timeTextSchema,
  startedAt: timeTextSchema.nullable(),
  finishedAt: timeTextSchema.nullable(),
  /** Start to end, in ms; null while it runs. */
  durationMs: z.number().nullable(),
  retryOfId: z.string().nullable(),
});
export type ExecutionSummary = z.output<typeof executionSummarySchema>;

/** One run of a node as the API shows it. Ports keep their names; `sources` say where the input came from. */
export const nodeRunSchema = z.object({
  status: z.string(),
  startedAt: z.number().nullable(),
  durationMs: z.number().nullable(),
  inputs: z.record(z.string(), z.array(z.unknown())),
  outputs: z.record(z.string(), z.array(z.unknown())),
  /** Ports of which only the first items are shown, since there are very many. */
  stored: z
    .object({
      inputs: z.record(z.string(), storedOutputSchema),
      outputs: z.record(z.string(), storedOutputSchema),
    })
    .optional(),
  error: z.object({ message: z.string(), kind: z.string() }).loose().nullable(),
  attempts: z.number(),
  logs: z.array(z.object({ level: z.string(), message: z.string() })),
});
export const executionDetailSchema = checkAtOnce(
  executionSummarySchema.extend({
    nodes: z.record(z.string(), z.array(nodeRunSchema)),
  }),
);

/** For pages: the graph that ran and its events; the browser folds them with the engine's own reducer. */
export interface ExecutionReplay {
  execution: z.output<typeof executionSummarySchema>;
  workflow: Workflow;
  events: EngineEvent[];
}

export const executionPageSchema = checkAtOnce(
  z.object({
    data: z.array(executionSummarySchema),
    nextCursor: z.string().nullable(),
  }),
);
/** One, several, or several in one text with commas between them. */
const statusesSchema = z
  .union([z.array(z.string()), z.string()])
  .transform((said) => (typeof said === 'string' ? said.split(',') : said))
  .pipe(z.array(executionStatusSchema).min(1));
const timeSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const EXECUTION_MODES = [
  'manual',
  'webhook',
  'schedule',
  'email',
  'api',
  'sub-workflow',
  'error',
  'retry',
] as const satisfies readonly ExecutionMode[];
export const listExecutionsSchema = z.object({
  workflowId: z.uuid().optional(),
  status: statusesSchema.optional(),
  /** What started it. */
  mode: z.enum(EXECUTION_MODES).optional(),
  /** Queued then or later, and before that. */
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
/** Which executions an export has: by when they were queued, and of which workflow. */
export const exportFilterSchema = listExecutionsSchema.pick({ workflowId: true, from: true, to: true });
export type ExportFilter = z.output<typeof exportFilterSchema>;
export const executionIdSchema = z.object({ id: z.uuid() });
export const retrySchema = z.object({
  id: z.uuid(),
  /** failed: what had ended before the failure is taken over and not run again. */
  from: z.enum(['start', 'failed']).default('start'),
  version: z.enum(['same', 'draft']).default('same'),
});

const itemSchema = z.object({ json: z.record(z.string(), z.unknown()) }).loose();
export const executeSchema = z.object({
  id: z.uuid(),
  /** Items for the trigger, or one JSON object that becomes one item. */
  input: z.union([z.array(itemSchema), z.record(z.string(), z.unknown())]).optional(),
  version: z.enum(['draft', 'published']).default('draft'),
  /** Trigger node to start from; default: the first one. */
  triggerNodeId: z.string().optional(),
  /** Seconds to wait for the end. */
  wait: z.coerce.number().min(0).max(120).optional(),
});
export const startedSchema = z.object({ executionId: z.string(), status: z.string() });
/** With `wait`, the execution as it is then; without, that it was queued. */
export const executedSchema = z.union([
  executionDetailSchema.extend({ executionId: z.string() }),
  startedSchema,
]);

/** Progress of any execution of one workflow, for an editor that follows along. */
export interface ExecutionNotice {
  executionId: string;
  workflowId: string;
  status: ExecutionStatus;
  lastSeq: number;
}
