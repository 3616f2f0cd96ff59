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

export const workspacesRouter = router({
  create: userProcedure
    .input(createWorkspaceSchema)
    .mutation(({ ctx, input }) => createWorkspace(ctx.session.userId, input.name)),
  get: workspaceProcedure('workflows:read')
    .meta({
      rest: { method: 'GET', path: '/workspace', summary: 'The workspace of the key', tag: 'Workspace' },
    })
    .output(workspaceSchema)
    .query(({ ctx }) => getWorkspace(ctx.scope)),
  update: workspaceProcedure('workspace:write')
    .input(updateWorkspaceSchema)
    .mutation(({ ctx, input }) => updateWorkspace(ctx.scope, input)),
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
