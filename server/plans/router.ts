import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { getConsequences } from './queries.ts';
import { consequencesSchema, planKeySchema } from './schema.ts';

export const plansRouter = router({
  consequences: workspaceProcedure('billing:read')
    .input(z.object({ plan: planKeySchema }))
    .output(consequencesSchema)
    .query(({ ctx, input }) => getConsequences(ctx.scope, input.plan)),
});
