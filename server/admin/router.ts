import { z } from 'zod';
import { adminProcedure, router } from '../trpc/init.ts';
import { endSessions, setAdmin, setBlocked, setSeats } from './commands.ts';
import { listAllExecutions } from './execution-list.ts';
import { getEnded, getFigures, getQueue } from './figures.ts';
import { listUsers, listWorkspaceMembers, listWorkspaces } from './queries.ts';
import {
  endedSchema,
  executionsPageSchema,
  figuresSchema,
  listExecutionsSchema,
  listUsersSchema,
  listWorkspacesSchema,
  queueSchema,
  setSeatsSchema,
  usersPageSchema,
  workspaceMembersSchema,
  workspacesPageSchema,
} from './schema.ts';

const id = z.uuid();

export const adminRouter = router({
  figures: adminProcedure.output(figuresSchema).query(() => getFigures()),
  ended: adminProcedure.output(endedSchema).query(() => getEnded()),
  queue: adminProcedure.output(queueSchema).query(() => getQueue()),
  users: adminProcedure
    .input(listUsersSchema)
    .output(usersPageSchema)
    .query(({ input }) => listUsers(input)),
  setBlocked: adminProcedure
    .input(z.object({ id, blocked: z.boolean() }))
    .output(z.void())
    .mutation(({ ctx, input }) => setBlocked(ctx.session, input.id, input.blocked)),
  setAdmin: adminProcedure
    .input(z.object({ id, isAdmin: z.boolean() }))
    .output(z.void())
    .mutation(({ ctx, input }) => setAdmin(ctx.session, input.id, input.isAdmin)),
  endSessions: adminProcedure
    .input(z.object({ id }))
    .output(z.object({ ended: z.number() }))
    .mutation(({ ctx, input }) => endSessions(ctx.session, input.id)),
  workspaces: adminProcedure
    .input(listWorkspacesSchema)
    .output(workspacesPageSchema)
    .query(({ input }) => listWorkspaces(input)),
  workspaceMembers: adminProcedure
    .input(z.object({ id }))
    .output(workspaceMembersSchema)
    .query(({ input }) => listWorkspaceMembers(input.id)),
  setSeats: adminProcedure
    .input(setSeatsSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => setSeats(ctx.session, input)),
  executions: adminProcedure
    .input(listExecutionsSchema)
    .output(executionsPageSchema)
    .query(({ input }) => listAllExecutions(input)),
});
