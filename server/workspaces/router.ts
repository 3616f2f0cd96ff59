import { router, userProcedure, workspaceProcedure } from '../trpc/init.ts';
import { createWorkspace, updateWorkspace } from './commands.ts';
import { getWorkspace } from './queries.ts';
import { createWorkspaceSchema, updateWorkspaceSchema, workspaceSchema } from './schema.ts';

export const workspacesRouter = router({
  create: userProcedure
    .input(createWorkspaceSchema)
    .mutation(({ ctx, input }) => createWorkspace(ctx.session.userId, input.name)),
  get: workspaceProcedure('workflows:read')
    .output(workspaceSchema)
    .query(({ ctx }) => getWorkspace(ctx.scope)),
  update: workspaceProcedure('workspace:write')
    .input(updateWorkspaceSchema)
    .mutation(({ ctx, input }) => updateWorkspace(ctx.scope, input)),
});
