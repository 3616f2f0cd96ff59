import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { EngineEvent } from '#engine/events.ts';
import { streamEvents, watchExecutions } from '../live/stream.ts';
import { whileAllowed } from '../live/while-allowed.ts';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { assertWorkflow } from '../workflows/queries.ts';
import { statisticsSchema } from '../workflows/schema.ts';
import { getStatistics } from '../workflows/statistics.ts';
import { cancelExecution, pauseExecution, resumeExecution, retryExecution } from './commands.ts';
import { executionPartsRouter } from './detail-router.ts';
import { createExecutionSchema, workflowIdOfSchema } from './detail-schema.ts';
import { getExecution, getExecutionSummary, getReplay, listExecutions } from './queries.ts';
import {
  executedSchema,
  executeSchema,
  executionDetailSchema,
  executionIdSchema,
  executionPageSchema,
  listExecutionsSchema,
  retrySchema,
  startedSchema,
} from './schema.ts';
import { startAndWait } from './start-and-wait.ts';

const reads = workspaceProcedure('executions:read');
const writes = workspaceProcedure('executions:write');
const tag = 'Executions';

export const executionsRouter = router({
  parts: executionPartsRouter,
  list: reads
    .meta({ rest: { method: 'GET', path: '/executions', summary: 'List executions, newest first', tag } })
    .input(listExecutionsSchema)
    .output(executionPageSchema)
    .query(({ ctx, input }) => listExecutions(ctx.scope, input)),
  get: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/{id}',
        summary: 'An execution with the data of every node run',
        tag,
      },
    })
    .input(executionIdSchema)
    .output(executionDetailSchema)
    .query(({ ctx, input }) => getExecution(ctx.scope, input.id)),
  replay: reads.input(executionIdSchema).query(({ ctx, input }) => getReplay(ctx.scope, input.id)),
  start: writes
    .meta({
      limit: 'starts',
      rest: {
        method: 'POST',
        path: '/workflows/{id}/execute',
        summary: 'Start a workflow; with wait, answer when it has ended',
        tag,
        once: 'itself',
      },
    })
    .input(executeSchema)
    .output(executedSchema)
    .mutation(({ ctx, input }) => startAndWait(ctx, input)),
  create: writes
    .meta({
      limit: 'starts',
      rest: {
        method: 'POST',
        path: '/executions',
        summary: 'Start a workflow; with wait, answer when it has ended',
        tag,
        status: 201,
        once: 'itself',
      },
    })
    .input(createExecutionSchema)
    .output(executedSchema)
    .mutation(({ ctx, input: { workflowId, ...input } }) => startAndWait(ctx, { ...input, id: workflowId })),
  ofWorkflow: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/workflows/{workflowId}/executions',
        summary: 'Executions of one workflow, newest first',
        tag,
      },
    })
    .input(listExecutionsSchema.required({ workflowId: true }))
    .output(executionPageSchema)
    .query(async ({ ctx, input }) => {
      await assertWorkflow(ctx.scope, input.workflowId);
      return listExecutions(ctx.scope, input);
    }),
  workflowStatistics: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/executions/workflows/{workflowId}/statistics',
        summary: 'Counts and durations of a workflow’s executions, of the last 30 days',
        tag,
      },
    })
    .input(workflowIdOfSchema)
    .output(statisticsSchema)
    .query(({ ctx, input }) => getStatistics(ctx.scope, input.workflowId)),
  cancel: writes
    .meta({
      rest: {
        method: 'POST',
        path: '/executions/{id}/cancel',
        summary: 'Stop an execution',
        tag,
        status: 202,
      },
    })
    .input(executionIdSchema)
    .output(startedSchema)
    .mutation(async ({ ctx, input }) => {
      await cancelExecution(ctx.scope, input.id);
      return { executionId: input.id, status: 'cancelling' as const };
    }),
  retry: writes
    .meta({
      limit: 'starts',
      rest: {
        method: 'POST',
        path: '/executions/{id}/retry',
        summary: 'Run again with the same input, whole or from the failed node',
        tag,
        status: 202,
      },
    })
    .input(retrySchema)
    .output(startedSchema)
    .mutation(async ({ ctx, input }) => {
      const { executionId } = await retryExecution(ctx.scope, input);
      return { executionId, status: 'queued' as const };
    }),
  pause: writes
    .meta({
      rest: {
        method: 'POST',
        path: '/executions/{id}/pause',
        summary: 'Start nothing new',
        tag,
        status: 202,
      },
    })
    .input(executionIdSchema)
    .output(startedSchema)
    .mutation(async ({ ctx, input }) => {
      await pauseExecution(ctx.scope, input.id);
      return { executionId: input.id, status: 'pausing' as const };
    }),
  resume: writes
    .meta({
      rest: {
        method: 'POST',
        path: '/executions/{id}/resume',
        summary: 'Go on where it was paused',
        tag,
        status: 202,
      },
    })
    .input(executionIdSchema)
    .output(startedSchema)
    .mutation(async ({ ctx, input }) => {
      await resumeExecution(ctx.scope, input.id);
      return { executionId: input.id, status: 'queued' as const };
    }),
  events: reads
    .input(z.object({ executionId: z.uuid(), lastEventId: z.string().regex(/^\d+$/).nullish() }))
    .subscription(async ({ ctx, input, signal }) => {
      await getExecutionSummary(ctx.scope, input.executionId); // a foreign id must fail before the stream begins
      return trackEvents(
        streamEvents(
          ctx.scope,
          input.executionId,
          input.lastEventId ? Number(input.lastEventId) : -1,
          whileAllowed(signal, ctx.recheck),
        ),
      );
    }),
  watch: reads
    .input(z.object({ workflowId: z.uuid().optional(), lastEventId: z.string().nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      yield* watchExecutions(ctx.scope, input.workflowId, whileAllowed(signal, ctx.recheck));
    }),
});

/** The sequence number as the event's id: a browser that reconnects sends it back as `lastEventId`. */
async function* trackEvents(events: AsyncGenerator<EngineEvent>) {
  for await (const event of events) yield tracked(String(event.seq), event);
}
