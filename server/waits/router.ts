import { publicProcedure, router, workspaceProcedure } from '../trpc/init.ts';
import { decideApproval, decideApprovalAs } from './commands.ts';
import { getApproval, listPendingApprovals } from './queries.ts';
import {
  answerSchema,
  approvalListSchema,
  approvalTokenSchema,
  approvalViewSchema,
  decideByLinkSchema,
  decideSchema,
} from './schema.ts';

const tag = 'Approvals';

export const approvalsRouter = router({
  list: workspaceProcedure('executions:read')
    .meta({
      rest: { method: 'GET', path: '/approvals', summary: 'Questions that wait for a decision', tag },
    })
    .output(approvalListSchema)
    .query(async ({ ctx }) => ({ data: await listPendingApprovals(ctx.scope) })),
  decide: workspaceProcedure('executions:write')
    .meta({
      rest: { method: 'POST', path: '/approvals/{id}/decide', summary: 'Approve or reject', tag },
    })
    .input(decideSchema)
    .output(answerSchema)
    .mutation(({ ctx, input: { id, ...wish } }) => decideApprovalAs(ctx.scope, id, wish)),
  preview: publicProcedure
    .input(approvalTokenSchema)
    .output(approvalViewSchema)
    .query(({ input }) => getApproval(input.token)),
  decideByLink: publicProcedure
    .input(decideByLinkSchema)
    .output(answerSchema)
    .mutation(({ input: { token, ...wish } }) => decideApproval(token, wish)),
});
