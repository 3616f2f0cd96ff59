import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { getWorkspace } from '../workspaces/queries.ts';
import { createWorkspaceSchema, workspaceSchema } from '../workspaces/schema.ts';
import { keyProcedure } from './key-procedure.ts';
import { createOwnWorkspace } from './users.ts';

const tag = 'Workspace';
const reads = workspaceProcedure('workflows:read');

/** What scripts need beside server/workspaces/router.ts: a key is for one workspace, a log-in for one at a time. */
export const restWorkspacesRouter = router({
  list: reads
    .meta({
      rest: { method: 'GET', path: '/workspaces', summary: 'The workspace of the key, as a list', tag },
    })
    .output(z.object({ data: z.array(workspaceSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ data: [await getWorkspace(ctx.scope)], nextCursor: null })),
  own: reads
    .meta({ rest: { method: 'GET', path: '/workspace', summary: 'The same without its id', tag } })
    .output(workspaceSchema)
    .query(({ ctx }) => getWorkspace(ctx.scope)),
  create: keyProcedure
    .meta({
      rest: {
        ...{ method: 'POST', path: '/workspaces', tag, status: 201 },
        summary: 'Make a workspace; needs a token of a log-in, and another log-in opens it',
      },
    })
    .input(createWorkspaceSchema)
    .output(z.object({ id: z.string(), name: z.string() }))
    .mutation(({ ctx, input }) => createOwnWorkspace(ctx.scope, ctx.apiKey, input.name)),
});
