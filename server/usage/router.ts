import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { setBudget, setOverage } from './commands.ts';
import { getUsage, listMemberUsage, listPeriods, listRefusedStarts, listWorkflowUsage } from './queries.ts';
import {
  memberUsageSchema,
  periodSchema,
  refusedStartSchema,
  setBudgetSchema,
  setOverageSchema,
  usageSchema,
  workflowUsageSchema,
} from './schema.ts';

const reads = workspaceProcedure('workflows:read');

export const usageRouter = router({
  get: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/billing/usage',
        summary: 'What the workspace uses and may use, this month and now',
        tag: 'Billing',
      },
    })
    .output(usageSchema)
    .query(({ ctx }) => getUsage(ctx.scope)),
  byWorkflow: reads.output(z.array(workflowUsageSchema)).query(({ ctx }) => listWorkflowUsage(ctx.scope)),
  byMember: workspaceProcedure('members:read')
    .output(z.array(memberUsageSchema))
    .query(({ ctx }) => listMemberUsage(ctx.scope)),
  refused: reads.output(z.array(refusedStartSchema)).query(({ ctx }) => listRefusedStarts(ctx.scope)),
  periods: reads.output(z.array(periodSchema)).query(({ ctx }) => listPeriods(ctx.scope)),
  setBudget: workspaceProcedure('workflows:write')
    .input(setBudgetSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => setBudget(ctx.scope, input)),
  setOverage: workspaceProcedure('billing:write')
    .input(setOverageSchema)
    .output(setOverageSchema)
    .mutation(({ ctx, input }) => setOverage(ctx.scope, input)),
});
