import { router, workspaceProcedure } from '../trpc/init.ts';
import { closeCircuit } from './commands.ts';
import { listCircuits } from './queries.ts';
import { circuitPageSchema, circuitSchema, closeCircuitSchema } from './schema.ts';

const tag = 'Circuits';

export const circuitsRouter = router({
  list: workspaceProcedure('executions:read')
    .meta({
      rest: {
        method: 'GET',
        path: '/circuits',
        summary: 'Hosts that failed lately, open circuits first',
        tag,
      },
    })
    .output(circuitPageSchema)
    .query(async ({ ctx }) => ({ data: await listCircuits(ctx.scope), nextCursor: null })),
  close: workspaceProcedure('executions:write')
    .meta({
      rest: { method: 'POST', path: '/circuits/close', summary: 'Let a host be called again now', tag },
    })
    .input(closeCircuitSchema)
    .output(circuitSchema)
    .mutation(({ ctx, input }) => closeCircuit(ctx.scope, input)),
});
