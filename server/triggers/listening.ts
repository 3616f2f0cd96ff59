import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '#lib/id.ts';
import { findDefinition } from '#nodes/definitions.ts';
import { getWorkerScope } from '../auth/worker-scope.ts';
import { db, getPool } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { getRunnableVersion } from '../workflows/versions.ts';
import { addressOf } from './queries.ts';
import type { Listening } from './schema.ts';
import { announce, assertPlausible, credentialOf, newEndpointId } from './sync.ts';

/** Nobody watches longer than this without saying so again. */
const MAX_MS = 5 * 60_000;
/** An ear closes this soon after its web process died. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;

/**
 * Opens the address of a webhook whose workflow is not active for as long as somebody watches: calls run the draft. Ends
 * when `signal` aborts, after five minutes, or when another editor listens. Of an active one it only tells the address.
 * Throws NOT_FOUND, BAD_REQUEST for a draft with errors.
 */
export async function listenForCalls(
  scope: WorkspaceScope,
  place: { workflowId: string; nodeId: string },
  signal: AbortSignal,
): Promise<AsyncGenerator<Listening>> {
  // what cannot be opened must fail before the stream begins
  return keepOpen(await openEar(scope, place), place, signal);
}

async function* keepOpen(
  { token, ...listening }: Ear,
  place: { workflowId: string; nodeId: string },
  signal: AbortSignal,
): AsyncGenerator<Listening> {
  yield listening;
  if (token === null) return;
  try {
    while (!signal.aborted && Date.now() < listening.until.getTime()) {
      // an abort ends the wait, and with it the loop
      await wait(RENEW_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted && !(await renewEar(place, token, listening.until))) return;
    }
  } finally {
    await closeEar(place, token);
  }
}

/** `token` null: the webhook is live, and nothing was opened. */
type Ear = Listening & { token: string | null };

/** Throws as `listenForCalls` does. */
export async function openEar(
  scope: WorkspaceScope,
  { workflowId, nodeId }: { workflowId: string; nodeId: string },
): Promise<Ear> {
  const { workspaceId } = scope;
  const until = new Date(Date.now() + MAX_MS);
  const row = await db().trigger.findFirst({
    where: { workflowId, nodeId, workspaceId, type: 'webhook', workflow: { deletedAt: null } },
    select: { endpointId: true, active: true, config: true },
  });
  if (row?.active && row.endpointId)
    return { url: addressOf('webhook', row.endpointId, row.config), live: true, until, token: null };
  const { versionId, workflow } = await getRunnableVersion(scope, workflowId, 'draft');
  const node = workflow.nodes.find(({ id }) => id === nodeId);
  if (!node || findDefinition(node.type, node.version)?.startedBy !== 'webhook') throw notFound('webhook');
  if (node.disabled) throw new AppError('CONFLICT', 'This webhook is switched off. Switch it on first.');
  assertPlausible([node]);
  const token = newId();
  const config = {
    ...node.parameters,
    timezone: workflow.settings.timezone,
    credentialId: credentialOf(node),
    listening: { token, until: Date.now() + LEASE_MS },
  } as object;
  const endpointId = row?.endpointId ?? newEndpointId();
  await db().$transaction(async (tx) => {
    const { count } = await tx.trigger.updateMany({
      where: { workflowId, nodeId, type: 'webhook', active: false },
      data: { config },
    });
    if (count === 0 && row) throw new AppError('CONFLICT', 'The workflow was just published. Try again.');
    if (count === 0)
      await tx.trigger.create({
        data: {
          ...{ id: newId(), workspaceId, workflowId, versionId, nodeId, endpointId, config },
          type: 'webhook',
          active: false,
        },
      });
    await announce(tx);
  });
  return { url: addressOf('webhook', endpointId, config), live: false, until, token };
}

/** false: it is not ours any more. Costs no notice: what listens is looked up anew every second. */
export async function renewEar(
  { workflowId, nodeId }: { workflowId: string; nodeId: string },
  token: string,
  end: Date,
): Promise<boolean> {
  const until = Math.min(Date.now() + LEASE_MS, end.getTime());
  const { rowCount } = await getPool().query(
    `update "trigger" set config = jsonb_set(config, '{listening,until}', to_jsonb($4::float8))
     where workflow_id = $1 and node_id = $2 and config #>> '{listening,token}' = $3 and not active`,
    [workflowId, nodeId, token, until],
  );
  return rowCount === 1;
}

export async function closeEar(
  { workflowId, nodeId }: { workflowId: string; nodeId: string },
  token: string,
): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`update "trigger" set config = config - 'listening'
      where workflow_id = ${workflowId}::uuid and node_id = ${nodeId} and config #>> '{listening,token}' = ${token}`;
    await announce(tx);
  });
}

/** The draft as a version to run, for a call that came while somebody listens. Throws CONFLICT for a draft with errors. */
export async function draftVersion(workspaceId: string, workflowId: string): Promise<string> {
  try {
    return (await getRunnableVersion(getWorkerScope(workspaceId), workflowId, 'draft')).versionId;
  } catch (error) {
    // what is wrong with it is not for strangers
    if (error instanceof AppError && error.code === 'BAD_REQUEST')
      throw new AppError('CONFLICT', 'The workflow cannot run as it is now. Its editor says why.');
    throw error;
  }
}

/** Whether somebody listens at an address that is not live, as its row says. */
export function isListening(config: unknown, nowMs: number): boolean {
  const { listening } = config as { listening?: { until?: unknown } };
  return typeof listening?.until === 'number' && listening.until > nowMs;
}
