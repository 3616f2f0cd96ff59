import { z } from 'zod';
import { workflowSchema } from '#engine/workflow.ts';
import { checkAtOnce } from '../check-at-once.ts';
import { timeTextSchema } from '../time-text.ts';
import { triggerStateSchema } from '../triggers/schema.ts';
import { REFUSALS } from '../usage/schema.ts';

export const issueSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  nodeId: z.string().optional(),
  field: z.string().optional(),
  edge: z.number().optional(),
});

/** A trigger of the published version; webhooks, forms and chats have a URL, schedules their next time. */
export const triggerSchema = z.object({
  nodeId: z.string(),
  type: z.enum(['webhook', 'schedule', 'form', 'chat', 'email']),
  url: z.string().optional(),
  active: z.boolean(),
  nextRunAt: z.date().nullable().optional(),
});

export const versionSummarySchema = z.object({
  id: z.string(),
  number: z.number(),
  message: z.string(),
  createdAt: z.date(),
});

export const workflowSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  active: z.boolean(),
  /** Why it is not active, when nobody did that by hand. */
  pausedBy: z.enum(REFUSALS).nullable(),
  /** Active, but the draft is not what runs. */
  liveDiffers: z.boolean(),
  nodeTypes: z.array(z.string()),
  triggerTypes: z.array(z.string()),
  createdAt: timeTextSchema,
  updatedAt: timeTextSchema,
  lastExecution: z.object({ id: z.string(), status: z.string(), queuedAt: timeTextSchema }).nullable(),
});
export type WorkflowSummary = z.output<typeof workflowSummarySchema>;

export const workflowDetailSchema = checkAtOnce(
  z.object({
    id: z.string(),
    name: z.string(),
    draft: workflowSchema,
    revision: z.number().int(),
    active: z.boolean(),
    liveDiffers: z.boolean(),
    publishedVersion: versionSummarySchema.nullable(),
    triggers: z.array(triggerSchema),
    issues: z.array(issueSchema),
    createdAt: z.date(),
    updatedAt: z.date(),
  }),
);
export type WorkflowDetail = z.output<typeof workflowDetailSchema>;

export const listWorkflowsSchema = z.object({
  /** A part of the name, or words anywhere in the workflow. */
  search: z.string().max(200).optional(),
  active: z.stringbool().optional(),
  /** What starts the workflow. */
  trigger: z.enum(['hand', 'webhook', 'form', 'chat', 'schedule', 'email', 'workflow', 'error']).optional(),
  /** A minus sorts from the end. */
  sort: z.enum(['-updatedAt', 'updatedAt', '-createdAt', 'createdAt', 'name', '-name']).default('-updatedAt'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
});
export type ListWorkflows = z.output<typeof listWorkflowsSchema>;
export const workflowPageSchema = checkAtOnce(
  z.object({
    data: z.array(workflowSummarySchema),
    nextCursor: z.string().nullable(),
  }),
);
const fileParts = workflowSchema.shape;
// `unwrap` takes the defaults off: a part that is not sent must stay as it is
/** A whole workflow file is accepted as it is; `workflow` is the same one level down. */
export const createWorkflowSchema = z.object({
  name: fileParts.name,
  workflow: workflowSchema.omit({ name: true }).partial().optional(),
  nodes: fileParts.nodes.unwrap().optional(),
  edges: fileParts.edges.unwrap().optional(),
  settings: fileParts.settings.unwrap().optional(),
  pinData: fileParts.pinData.unwrap().optional(),
});
export const updateWorkflowSchema = createWorkflowSchema.omit({ workflow: true }).partial().extend({
  id: z.uuid(),
  /** The revision this change is based on; another one saved meanwhile is a CONFLICT. */
  revision: z.coerce.number().int().optional(),
});
export const workflowIdSchema = z.object({ id: z.uuid() });
export const saveDraftSchema = z.object({
  id: z.uuid(),
  draft: workflowSchema,
  /** The revision this draft is based on; another one saved meanwhile is a CONFLICT. */
  revision: z.number().int().optional(),
});
export const savedDraftSchema = z.object({
  revision: z.number().int(),
  liveDiffers: z.boolean(),
  issues: z.array(issueSchema),
});
export const activateSchema = z.object({ id: z.uuid(), message: z.string().max(500).default('') });

/** A file, or parts of one. */
export const checkFileSchema = createWorkflowSchema.omit({ workflow: true }).partial();
export const checkedFileSchema = z.object({ valid: z.boolean(), issues: z.array(issueSchema) });
export type CheckedFile = z.output<typeof checkedFileSchema>;

export const versionSchema = versionSummarySchema.extend({
  createdBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The one that is published now. */
  current: z.boolean(),
});
export type Version = z.output<typeof versionSchema>;
export const versionFileSchema = versionSchema.extend({ workflow: workflowSchema });
export const versionPageSchema = z.object({
  data: z.array(versionSchema),
  nextCursor: z.string().nullable(),
});
export const listVersionsSchema = z.object({
  id: z.uuid(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.coerce.number().int().positive().optional(),
});
const versionNumber = z.coerce.number().int().positive().max(2_000_000_000);
export const versionIdSchema = z.object({ id: z.uuid(), number: versionNumber });
export const restoreVersionSchema = versionIdSchema.extend({
  /** The revision of the draft that is replaced; another one saved meanwhile is a CONFLICT. */
  revision: z.coerce.number().int().optional(),
});

const count = z.number().int();
/** Of the last `days` days. */
export const statisticsSchema = z.object({
  days: count,
  executions: count,
  /** false: there were more, and only the newest were counted. */
  complete: z.boolean(),
  byStatus: z.object({
    queued: count,
    running: count,
    waiting: count,
    paused: count,
    completed: count,
    failed: count,
    cancelled: count,
    timeout: count,
  }),
  /** Failures among those that ended by themselves, 0 to 1; null when none did. */
  failureRate: z.number().nullable(),
  /** Half of them, and 95 of a hundred, took this long at most, from start to end. */
  durationMs: z.object({ p50: count.nullable(), p95: count.nullable() }),
  lastQueuedAt: z.date().nullable(),
});
export type WorkflowStatistics = z.output<typeof statisticsSchema>;

export const fullWorkflowSchema = workflowDetailSchema.extend({
  triggers: z.array(triggerStateSchema),
  /** The file of the published version. */
  published: workflowSchema.nullable(),
  versions: z.array(versionSchema),
  statistics: statisticsSchema,
});
export type FullWorkflow = z.output<typeof fullWorkflowSchema>;

export const importReportSchema = z.object({
  nodes: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      status: z.enum(['mapped', 'approximated', 'placeholder']),
      reason: z.string().optional(),
    }),
  ),
  credentials: z.array(
    z.object({
      node: z.string(),
      /** n8n's name of its kind. */
      type: z.string(),
      name: z.string().optional(),
      /** The node's place for it, and our kind, where there are any. */
      slot: z.string().optional(),
      kind: z.string().optional(),
    }),
  ),
});
export type ImportReport = z.output<typeof importReportSchema>;
export const importedSchema = z.object({ workflow: workflowDetailSchema, report: importReportSchema });
export const exportSchema = z.object({
  id: z.uuid(),
  /** n8n: a workflow file for n8n, with a report of what it says differently. */
  format: z.enum(['json', 'yaml', 'n8n']).default('json'),
});
export type ExportFormat = z.output<typeof exportSchema>['format'];
export const exportReportSchema = z.object({
  nodes: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      /** missing: it became a node that does nothing. */
      status: z.enum(['mapped', 'approximated', 'missing']),
      reason: z.string().optional(),
    }),
  ),
  /** What is to know about the workflow as a whole. */
  workflow: z.array(z.string()),
});
export const exportedSchema = z.object({
  text: z.string(),
  fileName: z.string(),
  /** For n8n only: files of ours hold everything. */
  report: exportReportSchema.optional(),
});
export type Exported = z.output<typeof exportedSchema>;
