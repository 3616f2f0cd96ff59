import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { checkFile } from './check-file.ts';
import {
  activateWorkflow,
  createWorkflow,
  deactivateWorkflow,
  deleteWorkflow,
  duplicateWorkflow,
  importWorkflow,
  resumeWorkflow,
  saveDraft,
  updateWorkflow,
} from './commands.ts';
import { getFullWorkflow } from './full.ts';
import { edgesRouter, graphRouter, nodesRouter } from './graph-router.ts';
import { exportWorkflow, getWorkflow, listWorkflows } from './queries.ts';
import {
  activateSchema,
  checkedFileSchema,
  checkFileSchema,
  createWorkflowSchema,
  exportedSchema,
  exportSchema,
  fullWorkflowSchema,
  importedSchema,
  listWorkflowsSchema,
  saveDraftSchema,
  savedDraftSchema,
  statisticsSchema,
  updateWorkflowSchema,
  workflowDetailSchema,
  workflowIdSchema,
  workflowPageSchema,
} from './schema.ts';
import { getStatistics } from './statistics.ts';
import { versionsRouter } from './versions-router.ts';

const reads = workspaceProcedure('workflows:read');
const writes = workspaceProcedure('workflows:write');
const tag = 'Workflows';

/** The same under the two names that people look for. */
const copies = (path: '/workflows/{id}/clone' | '/workflows/{id}/duplicate') =>
  writes
    .meta({ rest: { method: 'POST', path, summary: 'Copy a workflow', tag, status: 201 } })
    .input(workflowIdSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => duplicateWorkflow(ctx.scope, input.id));

export const workflowsRouter = router({
  nodes: nodesRouter,
  edges: edgesRouter,
  graph: graphRouter,
  versions: versionsRouter,
  list: reads
    .meta({ rest: { method: 'GET', path: '/workflows', summary: 'List workflows, last changed first', tag } })
    .input(listWorkflowsSchema)
    .output(workflowPageSchema)
    .query(({ ctx, input }) => listWorkflows(ctx.scope, input)),
  get: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/workflows/{id}',
        summary: 'A workflow with its draft, problems and triggers',
        tag,
      },
    })
    .input(workflowIdSchema)
    .output(workflowDetailSchema)
    .query(({ ctx, input }) => getWorkflow(ctx.scope, input.id)),
  create: writes
    .meta({ rest: { method: 'POST', path: '/workflows', summary: 'Create a workflow', tag, status: 201 } })
    .input(createWorkflowSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => createWorkflow(ctx.scope, input)),
  update: writes
    .meta({ rest: { method: 'PUT', path: '/workflows/{id}', summary: 'Change parts of a draft', tag } })
    .input(updateWorkflowSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => updateWorkflow(ctx.scope, input)),
  saveDraft: writes
    .input(saveDraftSchema)
    .output(savedDraftSchema)
    .mutation(({ ctx, input }) => saveDraft(ctx.scope, input)),
  activate: writes
    .meta({
      rest: {
        method: 'POST',
        path: '/workflows/{id}/activate',
        summary: 'Publish the draft and turn its triggers on',
        tag,
      },
    })
    .input(activateSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => activateWorkflow(ctx.scope, input.id, input.message)),
  deactivate: writes
    .meta({
      rest: { method: 'POST', path: '/workflows/{id}/deactivate', summary: 'Turn the triggers off', tag },
    })
    .input(workflowIdSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => deactivateWorkflow(ctx.scope, input.id)),
  resume: writes
    .meta({
      rest: {
        method: 'POST',
        path: '/workflows/{id}/resume',
        summary: 'Turn the triggers of the published version on again',
        tag,
      },
    })
    .input(workflowIdSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => resumeWorkflow(ctx.scope, input.id)),
  delete: writes
    .meta({
      rest: {
        method: 'DELETE',
        path: '/workflows/{id}',
        summary: 'Delete a workflow; its executions stay',
        tag,
        status: 204,
      },
    })
    .input(workflowIdSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteWorkflow(ctx.scope, input.id)),
  duplicate: copies('/workflows/{id}/duplicate'),
  clone: copies('/workflows/{id}/clone'),
  full: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/workflows/{id}/full',
        summary: 'Everything about a workflow: draft, live version, triggers, versions, statistics',
        tag,
      },
    })
    .input(workflowIdSchema)
    .output(fullWorkflowSchema)
    .query(({ ctx, input }) => getFullWorkflow(ctx.scope, input.id)),
  statistics: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/workflows/{id}/statistics',
        summary: 'Counts and durations of the last 30 days',
        tag,
      },
    })
    .input(workflowIdSchema)
    .output(statisticsSchema)
    .query(({ ctx, input }) => getStatistics(ctx.scope, input.id)),
  validate: reads
    .meta({
      rest: {
        method: 'POST',
        path: '/workflows/validate',
        summary: 'What is wrong with a workflow file; nothing is stored',
        tag,
      },
    })
    .input(checkFileSchema)
    .output(checkedFileSchema)
    .query(({ ctx, input }) => checkFile(ctx.scope, input)),
  import: writes
    .input(z.object({ text: z.string().max(20_000_000) }))
    .output(importedSchema)
    .mutation(({ ctx, input }) => importWorkflow(ctx.scope, input.text)),
  export: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/workflows/{id}/export',
        summary: 'The draft as a file of ours or of n8n',
        tag,
      },
    })
    .input(exportSchema)
    .output(exportedSchema)
    .query(({ ctx, input }) => exportWorkflow(ctx.scope, input.id, input.format)),
});
