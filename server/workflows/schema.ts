import { z } from 'zod';
import { workflowSchema } from '#engine/workflow.ts';

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
  /** Active, but the draft is not what runs. */
  liveDiffers: z.boolean(),
  nodeTypes: z.array(z.string()),
  triggerTypes: z.array(z.string()),
  createdAt: z.date(),
  updatedAt: z.date(),
  lastExecution: z.object({ id: z.string(), status: z.string(), queuedAt: z.date() }).nullable(),
});
export type WorkflowSummary = z.output<typeof workflowSummarySchema>;

export const workflowDetailSchema = z.object({
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
});
export type WorkflowDetail = z.output<typeof workflowDetailSchema>;

export const listWorkflowsSchema = z.object({
  search: z.string().max(200).optional(),
  active: z.stringbool().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
export const workflowPageSchema = z.object({
  data: z.array(workflowSummarySchema),
  nextCursor: z.string().nullable(),
});
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
  revision: z.number().int().optional(),
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
