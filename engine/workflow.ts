import { z } from 'zod';

/** The workflow file, `format: "linkflow/1"`: the same in API, export, command line and versions. */

export const NODE_ID_MAX = 64;

const endSchema = z.object({
  node: z.string().min(1).max(NODE_ID_MAX),
  port: z.string().min(1).max(64).default('main'),
});

export const retrySchema = z.object({
  maxAttempts: z.number().int().min(1).max(20).default(3),
  delayMs: z.number().int().min(0).max(86_400_000).default(1000),
  backoff: z.enum(['fixed', 'exponential']).default('exponential'),
  maxDelayMs: z.number().int().min(0).max(86_400_000).default(60_000),
  jitter: z.boolean().default(true),
});

export const nodeSettingsSchema = z.object({
  /** pass: like continue, but when the node fails as a whole its items go on as they came, without the error. */
  onError: z.enum(['stop', 'continue', 'pass', 'error-port']).default('stop'),
  /** 0 = no limit of its own. */
  timeoutMs: z.number().int().min(0).max(86_400_000).default(0),
  executeOnce: z.boolean().default(false),
  alwaysOutput: z.boolean().default(false),
  retry: retrySchema.nullable().default(null),
});

export const nodeSchema = z.object({
  id: z.string().min(1).max(NODE_ID_MAX),
  /** Unique; expressions name nodes by it, so it is kept to the letter. */
  name: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  version: z.number().positive().default(1),
  position: z.object({ x: z.number(), y: z.number() }).default({ x: 0, y: 0 }),
  parameters: z.record(z.string(), z.unknown()).default({}),
  credentials: z.record(z.string(), z.string()).default({}),
  disabled: z.boolean().default(false),
  notes: z.string().max(20_000).default(''),
  settings: nodeSettingsSchema.default(nodeSettingsSchema.parse({})),
});

export const edgeSchema = z.object({ from: endSchema, to: endSchema });

export const workflowSettingsSchema = z.object({
  timezone: z.string().default('UTC'),
  /** 0 = no limit. */
  timeoutMs: z
    .number()
    .int()
    .min(0)
    .max(366 * 86_400_000)
    .default(300_000),
  /**
   * parallel: ready branches run at the same time · sequential: one branch to its end before the next, top-most first
   * · breadth-first: in edge order, one layer after the other (the order of old n8n workflows).
   */
  order: z.enum(['parallel', 'sequential', 'breadth-first']).default('parallel'),
  errorWorkflowId: z.string().nullable().default(null),
  /** At most this many executions at a time; the others wait in the queue. */
  concurrency: z.number().int().positive().max(10_000).nullable().default(null),
  /** Order among the executions of one workspace that wait for a slot. */
  priority: z.enum(['high', 'normal', 'low']).default('normal'),
  /** Which workers run it. auto: realtime where somebody waits for the answer, else standard. */
  tier: z.enum(['auto', 'realtime', 'standard', 'heavy']).default('auto'),
  saveData: z.enum(['all', 'errors', 'none']).default('all'),
});

const jsonItemSchema = z.object({ json: z.record(z.string(), z.unknown()) }).loose();

export const workflowSchema = z.object({
  format: z.literal('linkflow/1').default('linkflow/1'),
  name: z.string().trim().min(1).max(200),
  nodes: z.array(nodeSchema).max(2000).default([]),
  edges: z.array(edgeSchema).max(10_000).default([]),
  settings: workflowSettingsSchema.default(workflowSettingsSchema.parse({})),
  /** Items that stand in for a node's output in manual runs, by node id. */
  pinData: z.record(z.string(), z.array(jsonItemSchema)).default({}),
});

export type Workflow = z.output<typeof workflowSchema>;
export type WorkflowInput = z.input<typeof workflowSchema>;
export type WorkflowNode = z.output<typeof nodeSchema>;
export type WorkflowEdge = z.output<typeof edgeSchema>;
export type WorkflowSettings = z.output<typeof workflowSettingsSchema>;
export type NodeSettings = z.output<typeof nodeSettingsSchema>;
export type RetrySettings = z.output<typeof retrySchema>;

export const emptyWorkflow = (name: string): Workflow => workflowSchema.parse({ name });
