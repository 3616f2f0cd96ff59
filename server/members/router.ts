import { z } from 'zod';
import { pageOf } from '../rest/list-page.ts';
import { publicProcedure, router, userProcedure, workspaceProcedure } from '../trpc/init.ts';
import { acceptInvitation, invite, removeMember, revokeInvitation, updateRole } from './commands.ts';
import { getMember, listInvitations, listMembers, previewInvitation } from './queries.ts';
import {
  invitationPageSchema,
  invitationPreviewSchema,
  invitationSchema,
  invitedSchema,
  inviteSchema,
  listPageSchema,
  memberIdSchema,
  memberPageSchema,
  memberSchema,
  updateRoleSchema,
} from './schema.ts';

const token = z.object({ token: z.string().min(10).max(100) });
const reads = workspaceProcedure('members:read');
const writes = workspaceProcedure('members:write');
const tag = 'Members';
const MEMBERS = '/workspaces/{workspaceId}/members';
const INVITATIONS = '/workspaces/{workspaceId}/invitations';

/** The same under the two paths that people look for. Its answer holds a secret, so it is not kept; a repetition replaces it. */
const invites = (path: typeof MEMBERS | typeof INVITATIONS) =>
  writes
    .meta({
      rest: {
        ...{ method: 'POST', path, tag, status: 201, once: 'itself' },
        summary: 'Invite somebody by mail; the link is in the answer, too',
      },
    })
    .input(inviteSchema)
    .output(invitedSchema)
    .mutation(({ ctx, input }) => invite(ctx.scope, input));

export const membersRouter = router({
  list: reads.output(z.array(memberSchema)).query(({ ctx }) => listMembers(ctx.scope)),
  listPage: reads
    .meta({ rest: { method: 'GET', path: MEMBERS, summary: 'Who is in the workspace', tag } })
    .input(listPageSchema)
    .output(memberPageSchema)
    .query(async ({ ctx, input }) => pageOf(await listMembers(ctx.scope), ({ userId }) => userId, input)),
  get: reads
    .meta({
      rest: { method: 'GET', path: `${MEMBERS}/{userId}`, summary: 'A member with their role', tag },
    })
    .input(memberIdSchema)
    .output(memberSchema)
    .query(({ ctx, input }) => getMember(ctx.scope, input.userId)),
  invitations: writes.output(z.array(invitationSchema)).query(({ ctx }) => listInvitations(ctx.scope)),
  listInvitationsPage: writes
    .meta({ limit: 'reads', rest: { method: 'GET', path: INVITATIONS, summary: 'Open invitations', tag } })
    .input(listPageSchema)
    .output(invitationPageSchema)
    .query(async ({ ctx, input }) => pageOf(await listInvitations(ctx.scope), ({ id }) => id, input)),
  invite: invites(INVITATIONS),
  add: invites(MEMBERS),
  revokeInvitation: writes
    .meta({
      rest: {
        ...{ method: 'DELETE', path: `${INVITATIONS}/{id}`, tag, status: 204 },
        summary: 'Take an invitation back',
      },
    })
    .input(z.object({ id: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input.id)),
  updateRole: writes
    .meta({
      rest: {
        ...{ method: 'PATCH', path: `${MEMBERS}/{userId}`, tag },
        summary: 'Give a member another role; owners are made and unmade by people only',
      },
    })
    .input(updateRoleSchema)
    .output(memberSchema)
    .mutation(({ ctx, input }) => updateRole(ctx.scope, input)),
  remove: writes
    .meta({
      rest: {
        ...{ method: 'DELETE', path: `${MEMBERS}/{userId}`, tag, status: 204 },
        summary: 'Take somebody out of the workspace, with their keys',
      },
    })
    .input(memberIdSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx.scope, input.userId)),
  leave: reads.mutation(({ ctx }) => removeMember(ctx.scope, ctx.scope.userId!)),
  previewInvitation: publicProcedure
    .input(token)
    .output(invitationPreviewSchema)
    .query(({ input }) => previewInvitation(input.token)),
  acceptInvitation: userProcedure
    .input(token)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.session, input.token)),
});
