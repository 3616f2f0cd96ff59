import type { z } from 'zod';
import { waitForEnd } from '../live/stream.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { Context } from '../trpc/context.ts';
import { startExecution } from './commands.ts';
import { getExecution } from './queries.ts';
import type { executedSchema, executeSchema } from './schema.ts';

/** Starts a workflow for a caller, and answers with the ended execution when the caller wants to wait for it. */
export async function startAndWait(
  {
    scope,
    transport,
    idempotencyKey,
  }: Pick<Context, 'transport' | 'idempotencyKey'> & { scope: WorkspaceScope },
  input: z.output<typeof executeSchema>,
): Promise<z.output<typeof executedSchema>> {
  const { executionId } = await startExecution(scope, {
    workflowId: input.id,
    version: input.version,
    mode: transport === 'rest' ? 'api' : 'manual',
    ...(input.wait ? { awaited: true } : {}),
    ...(input.input === undefined ? {} : { input: input.input as Record<string, unknown> }),
    ...(input.triggerNodeId === undefined ? {} : { triggerNodeId: input.triggerNodeId }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
  if (!input.wait) return { executionId, status: 'queued' };
  await waitForEnd(scope, executionId, input.wait * 1000);
  return { ...(await getExecution(scope, executionId)), executionId };
}
