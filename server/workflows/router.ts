import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import {
  activateWorkflow,
  createWorkflow,
  deactivateWorkflow,
  deleteWorkflow,
  duplicateWorkflow,
  importWorkflow,
  saveDraft,
  updateWorkflow,
} from './commands.ts';
import { exportWorkflow, getWorkflow, listWorkflows } from './queries.ts';
import {
  activateSchema,
  createWorkflowSchema,
  exportedSchema,
  exportSchema,
  importedSchema,
  listWorkflowsSchema,
  saveDraftSchema,
  savedDraftSchema,
  updateWorkflowSchema,
  workflowDetailSchema,
  workflowIdSchema,
  workflowPageSchema,
} from './schema.ts';

const reads = workspaceProcedure('workflows:read');
const writes = workspaceProcedure('workflows:write');
const tag = 'Workflows';

export const workflowsRouter = router({
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
  duplicate: writes
    .meta({
      rest: { method: 'POST', path: '/workflows/{id}/clone', summary: 'Copy a workflow', tag, status: 201 },
    })
    .input(workflowIdSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => duplicateWorkflow(ctx.scope, input.id)),
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
