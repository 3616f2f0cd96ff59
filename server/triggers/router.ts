import { whileAllowed } from '../live/while-allowed.ts';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { listenForCalls } from './listening.ts';
import { listTriggers } from './queries.ts';
import { listenSchema, triggersOfSchema, triggersSchema } from './schema.ts';

export const triggersRouter = router({
  list: workspaceProcedure('workflows:read')
    .meta({
      rest: {
        method: 'GET',
        path: '/workflows/{id}/triggers',
        summary: 'What starts a workflow, with its addresses and the calls of 30 days',
        tag: 'Workflows',
      },
    })
    .input(triggersOfSchema)
    .output(triggersSchema)
    .query(async ({ ctx, input }) => ({ data: await listTriggers(ctx.scope, input.id), nextCursor: null })),
  /** Open for as long as the subscription is. */
  listen: workspaceProcedure('executions:write')
    .input(listenSchema)
    .subscription(({ ctx, input, signal }) =>
      listenForCalls(ctx.scope, input, whileAllowed(signal, ctx.recheck)),
    ),
});
