import { z } from 'zod';
import { workflowSchema } from '#engine/workflow.ts';
import { pageParts } from '../rest/list-page.ts';
import { executeSchema, executionDetailSchema, executionIdSchema, nodeRunSchema } from './schema.ts';

const count = z.number().int();
const nodeId = z.string().min(1).max(64);
const nodeNames = { nodeId: z.string(), name: z.string(), type: z.string() };

/** An execution with the graph that ran and what it began with. */
export const executionWithGraphSchema = executionDetailSchema.extend({
  /** The file of the version that ran. */
  workflow: workflowSchema,
  /** Where it began, and the items that it began with; of very many, the first ones. */
  trigger: z.object({ nodeId: z.string().optional(), items: z.array(z.unknown()) }),
});

/** What a node did in one execution; `runs` is more than one in a loop. */
export const nodeSummarySchema = z.object({
  ...nodeNames,
  /** That of its last run; `skipped`: no branch led here. */
  status: z.string(),
  runs: count,
  failures: count,
  /** Tries of all its runs together. */
  attempts: count,
  /** Of all its runs together. */
  durationMs: z.number(),
  itemsIn: count,
  itemsOut: count,
  error: z.object({ message: z.string(), kind: z.string() }).loose().nullable(),
});
export type NodeSummary = z.output<typeof nodeSummarySchema>;

export const executionStatisticsSchema = z.object({
  /** From accepted to started, and from started to ended. */
  queuedMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  nodes: count,
  runs: count,
  failures: count,
  skipped: count,
  retries: count,
  items: count,
  events: count,
  /** The nodes that took longest, at most ten. */
  slowest: z.array(z.object({ ...nodeNames, durationMs: z.number(), runs: count })),
});

export const logEntrySchema = z.object({
  /** Number of the event that it belongs to. */
  seq: count,
  at: z.date(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
  nodeId: z.string().optional(),
  run: count.optional(),
});
export type LogEntry = z.output<typeof logEntrySchema>;

const page = <T extends z.ZodType>(data: T) =>
  z.object({ data: z.array(data), nextCursor: z.string().nullable() });
export const nodeSummaryPageSchema = page(nodeSummarySchema);
export const logPageSchema = page(logEntrySchema);
export const nodeRunsSchema = page(nodeRunSchema.extend({ run: count })).extend(nodeNames);

export const executionPartsSchema = executionIdSchema.extend(pageParts);
export const nodeRunsOfSchema = executionIdSchema.extend({
  nodeId,
  ...pageParts,
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const nodeLogsSchema = executionPartsSchema.extend({ nodeId });
export const createExecutionSchema = executeSchema.omit({ id: true }).extend({ workflowId: z.uuid() });
export const workflowIdOfSchema = z.object({ workflowId: z.uuid() });
