import type { Transaction } from '../db.ts';

/**
 * Publishing writes the rows of all triggers anew. What was paused by hand is read before that and stays paused; it is a
 * mark in the row itself, so it goes with the node. Call `before` and then `after`, in the transaction of the publish.
 */
export async function findPaused(tx: Transaction, workflowId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ node_id: string }[]>`
    select node_id from "trigger"
    where workflow_id = ${workflowId}::uuid and type = 'schedule' and config->'paused' = 'true'::jsonb`;
  return rows.map((row) => row.node_id);
}

/** Marks schedules as paused: they are not due until somebody resumes them. */
export async function keepPaused(
  tx: Transaction,
  workflowId: string,
  nodeIds: readonly string[],
): Promise<number> {
  if (nodeIds.length === 0) return 0;
  return tx.$executeRaw`
    update "trigger" set active = false, next_run_at = null, config = jsonb_set(config, '{paused}', 'true')
    where workflow_id = ${workflowId}::uuid and type = 'schedule' and node_id = any(${[...nodeIds]}::text[])`;
}
