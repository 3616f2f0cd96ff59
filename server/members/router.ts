import { z } from 'zod';
import { publicProcedure, router, userProcedure, workspaceProcedure } from '../trpc/init.ts';
import { acceptInvitation, invite, removeMember, revokeInvitation, updateRole } from './commands.ts';
import { listInvitations, listMembers, previewInvitation } from './queries.ts';
import {
  invitationPreviewSchema,
  invitationSchema,
  invitedSchema,
  inviteSchema,
  memberSchema,
  updateRoleSchema,
} from './schema.ts';

const token = z.object({ token: z.string().min(10).max(100) });

export const membersRouter = router({
  list: workspaceProcedure('members:read')
    .output(z.array(memberSchema))
    .query(({ ctx }) => listMembers(ctx.scope)),
  invitations: workspaceProcedure('members:write')
    .output(z.array(invitationSchema))
    .query(({ ctx }) => listInvitations(ctx.scope)),
  invite: workspaceProcedure('members:write')
    .input(inviteSchema)
    .output(invitedSchema)
    .mutation(({ ctx, input }) => invite(ctx.scope, input)),
  revokeInvitation: workspaceProcedure('members:write')
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input.id)),
  updateRole: workspaceProcedure('members:write')
    .input(updateRoleSchema)
    .mutation(({ ctx, input }) => updateRole(ctx.scope, input)),
  remove: workspaceProcedure('members:write')
    .input(z.object({ userId: z.uuid() }))
    .mutation(({ ctx, input }) => removeMember(ctx.scope, input.userId)),
  leave: workspaceProcedure('members:read').mutation(({ ctx }) => removeMember(ctx.scope, ctx.scope.userId!)),
  previewInvitation: publicProcedure
    .input(token)
    .output(invitationPreviewSchema)
    .query(({ input }) => previewInvitation(input.token)),
  acceptInvitation: userProcedure
    .input(token)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.session, input.token)),
});
