import { z } from 'zod';
import { adminProcedure, operatorProcedure, router } from '../trpc/init.ts';
import { usageSchema } from '../usage/schema.ts';
import { endSessions, setAdmin, setBlocked, setSeats } from './commands.ts';
import { listAllExecutions } from './execution-list.ts';
import { getEnded, getFigures, getQueue } from './figures.ts';
import { giveCredit, setPlan } from './plans.ts';
import { getWorkspaceUsage, listUsers, listWorkspaceMembers, listWorkspaces } from './queries.ts';
import {
  endedSchema,
  executionsPageSchema,
  figuresSchema,
  giveCreditSchema,
  listExecutionsSchema,
  listUsersSchema,
  listWorkspacesSchema,
  queueSchema,
  setPlanSchema,
  setSeatsSchema,
  usersPageSchema,
  workspaceMembersSchema,
  workspacesPageSchema,
} from './schema.ts';

const one = z.object({ id: z.uuid() });
const reads = operatorProcedure('admin:read');
const writes = operatorProcedure('admin:write');
const tag = 'Operator';
const get = (path: `/admin/${string}`, summary: string) => ({
  rest: { method: 'GET' as const, path, summary, tag },
});
const change = (
  method: 'POST' | 'PUT',
  path: `/admin/${string}`,
  summary: string,
  status: 200 | 204 = 204,
) => ({ rest: { method, path, summary, tag, status } });

export const adminRouter = router({
  figures: reads
    .meta(get('/admin/stats', 'How many of everything there are now'))
    .output(figuresSchema)
    .query(() => getFigures()),
  ended: reads
    .meta(
      get(
        '/admin/stats/executions',
        'Executions that ended, today and in seven days; null: too many to count',
      ),
    )
    .output(endedSchema)
    .query(() => getEnded()),
  queue: reads
    .meta(get('/admin/queue', 'What waits, for how long, and which jobs failed'))
    .output(queueSchema)
    .query(() => getQueue()),
  users: reads
    .meta(get('/admin/users', 'Everybody who has an account, newest first'))
    .input(listUsersSchema)
    .output(usersPageSchema)
    .query(({ input }) => listUsers(input)),
  block: writes
    .meta(change('POST', '/admin/users/{id}/block', 'Log somebody out and keep them out, with their keys'))
    .input(one)
    .output(z.void())
    .mutation(({ ctx, input }) => setBlocked(ctx.operator, input.id, true)),
  unblock: writes
    .meta(change('POST', '/admin/users/{id}/unblock', 'Let somebody in again'))
    .input(one)
    .output(z.void())
    .mutation(({ ctx, input }) => setBlocked(ctx.operator, input.id, false)),
  endSessions: writes
    .meta(change('POST', '/admin/users/{id}/end-sessions', 'Log somebody out everywhere', 200))
    .input(one)
    .output(z.object({ ended: z.number() }))
    .mutation(({ ctx, input }) => endSessions(ctx.operator, input.id)),
  /** Who may do all this is decided by people. */
  setAdmin: adminProcedure
    .input(one.extend({ isAdmin: z.boolean() }))
    .output(z.void())
    .mutation(({ ctx, input }) => setAdmin(ctx.operator, input.id, input.isAdmin)),
  workspaces: reads
    .meta(get('/admin/workspaces', 'All workspaces with their size, newest first'))
    .input(listWorkspacesSchema)
    .output(workspacesPageSchema)
    .query(({ input }) => listWorkspaces(input)),
  workspaceMembers: reads
    .meta(get('/admin/workspaces/{id}/members', 'Who is in a workspace, owners first'))
    .input(one)
    .output(workspaceMembersSchema)
    .query(({ input }) => listWorkspaceMembers(input.id)),
  setSeats: writes
    .meta(
      change(
        'PUT',
        '/admin/workspaces/{id}/seats',
        'How many members a workspace may have; null: any number',
      ),
    )
    .input(setSeatsSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => setSeats(ctx.operator, input)),
  setPlan: writes
    .meta(
      change(
        'PUT',
        '/admin/workspaces/{id}/plan',
        'The plan of a workspace, whatever was bought; null: as bought, or everybody’s',
      ),
    )
    .input(setPlanSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => setPlan(ctx.operator, input)),
  giveCredit: writes
    .meta(change('POST', '/admin/workspaces/{id}/credit', 'More executions in this month of usage'))
    .input(giveCreditSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => giveCredit(ctx.operator, input)),
  usage: reads
    .meta(get('/admin/workspaces/{id}/usage', 'What a workspace uses and may use, this month and now'))
    .input(one)
    .output(usageSchema)
    .query(({ input }) => getWorkspaceUsage(input.id)),
  executions: reads
    .meta(get('/admin/executions', 'Executions of all workspaces, newest first, without their data'))
    .input(listExecutionsSchema)
    .output(executionsPageSchema)
    .query(({ input }) => listAllExecutions(input)),
});
