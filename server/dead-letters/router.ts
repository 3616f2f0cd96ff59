import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { dismissDeadLetters, retryDeadLetters } from './commands.ts';
import { countDeadLetters, groupDeadLetters, listDeadLetters } from './queries.ts';
import {
  deadLetterGroupSchema,
  deadLetterPageSchema,
  dismissDeadLettersSchema,
  handledSchema,
  listDeadLettersSchema,
  retryDeadLettersSchema,
} from './schema.ts';

const reads = workspaceProcedure('executions:read');
const writes = workspaceProcedure('executions:write');
const tag = 'Dead letters';

export const deadLettersRouter = router({
  list: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/dead-letters',
        summary: 'Failed executions that nobody has handled, newest first',
        tag,
      },
    })
    .input(listDeadLettersSchema)
    .output(deadLetterPageSchema)
    .query(({ ctx, input }) => listDeadLetters(ctx.scope, input)),
  groups: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/dead-letters/groups',
        summary: 'What fails: dead letters by workflow and message',
        tag,
      },
    })
    .output(z.object({ data: z.array(deadLetterGroupSchema) }))
    .query(async ({ ctx }) => ({ data: await groupDeadLetters(ctx.scope) })),
  count: reads.query(({ ctx }) => countDeadLetters(ctx.scope)),
  retry: writes
    .meta({
      limit: 'starts',
      rest: {
        method: 'POST',
        path: '/dead-letters/retry',
        summary: 'Retry many, from where each failed or whole',
        tag,
      },
    })
    .input(retryDeadLettersSchema)
    .output(handledSchema)
    .mutation(({ ctx, input }) => retryDeadLetters(ctx.scope, input)),
  dismiss: writes
    .meta({
      rest: { method: 'POST', path: '/dead-letters/dismiss', summary: 'Take many off the list', tag },
    })
    .input(dismissDeadLettersSchema)
    .output(handledSchema)
    .mutation(({ ctx, input }) => dismissDeadLetters(ctx.scope, input.which)),
});
