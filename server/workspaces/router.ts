import { z } from 'zod';
import { AppError } from '../errors.ts';
import { router, userProcedure, workspaceProcedure } from '../trpc/init.ts';
import { createWorkspace, updateWorkspace } from './commands.ts';
import { deleteWorkspace, listDeleted, restoreWorkspace } from './deletion.ts';
import { getWorkspace } from './queries.ts';
import {
  createWorkspaceSchema,
  deletedWorkspaceSchema,
  deleteWorkspaceSchema,
  transferSchema,
  updateWorkspaceSchema,
  workspaceSchema,
} from './schema.ts';
import { transferOwnership } from './transfer.ts';

/** Decides about the workspace as a whole: for people, and counted like a log-in. */
const personal = workspaceProcedure('workspace:write').use(async ({ ctx, next }) => {
  const person = await ctx.session();
  if (!person) throw new AppError('FORBIDDEN', 'This needs a person who is logged in.');
  await ctx.tally.spend('auth', { user: person.userId, address: ctx.address });
  return next({ ctx: { ...ctx, person } });
});

const tag = 'Workspace';
/** The same for scripts that send all and those that send what changes: what is left out stays in both. */
const updates = (method: 'PUT' | 'PATCH') =>
  workspaceProcedure('workspace:write')
    .meta({
      rest: {
        ...{ method, path: '/workspaces/{workspaceId}', tag },
        summary: 'Change the name, or how much may run at once; what is left out stays',
      },
    })
    .input(updateWorkspaceSchema)
    .output(workspaceSchema)
    .mutation(({ ctx, input }) => updateWorkspace(ctx.scope, input));

export const workspacesRouter = router({
  create: userProcedure
    .input(createWorkspaceSchema)
    .mutation(({ ctx, input }) => createWorkspace(ctx.session.userId, input.name)),
  get: workspaceProcedure('workflows:read')
    .meta({
      rest: { method: 'GET', path: '/workspaces/{workspaceId}', summary: 'The workspace of the key', tag },
    })
    .output(workspaceSchema)
    .query(({ ctx }) => getWorkspace(ctx.scope)),
  update: updates('PATCH'),
  replace: updates('PUT'),
  transfer: personal
    .input(transferSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => transferOwnership(ctx.scope, ctx.person, input)),
  delete: personal
    .input(deleteWorkspaceSchema)
    .output(z.object({ purgeAt: z.date() }))
    .mutation(({ ctx, input }) => deleteWorkspace(ctx.scope, ctx.person, input)),
  listDeleted: userProcedure
    .output(z.array(deletedWorkspaceSchema))
    .query(({ ctx }) => listDeleted(ctx.session)),
  restore: userProcedure
    .input(z.object({ id: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => restoreWorkspace(ctx.session, input.id)),
});
