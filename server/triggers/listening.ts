import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '#lib/id.ts';
import { findDefinition } from '#nodes/definitions.ts';
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
export async function* listenForCalls(
  scope: WorkspaceScope,
  place: { workflowId: string; nodeId: string },
  signal: AbortSignal,
): AsyncGenerator<Listening> {
  const { token, ...listening } = await openEar(scope, place);
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
export async function openEar(
  scope: WorkspaceScope,
  { workflowId, nodeId }: { workflowId: string; nodeId: string },
): Promise<Listening & { token: string | null }> {
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
  const opened = await db().$transaction(async (tx) => {
    const saved = await tx.trigger.upsert({
      where: { workflowId_nodeId: { workflowId, nodeId } },
      create: {
        ...{ id: newId(), workspaceId, workflowId, versionId, nodeId, endpointId, config },
        type: 'webhook',
        active: false,
      },
      // whoever published it meanwhile keeps what they published
      update: row ? { config } : {},
      select: { endpointId: true },
    });
    await announce(tx);
    return saved;
  });
  return { url: addressOf('webhook', opened.endpointId ?? endpointId, config), live: false, until, token };
}

/** false: it is not ours any more. Costs no notice: what listens is looked up anew every second. */
async function renewEar(
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

/** Whether somebody listens at an address that is not live, as its row says. */
export function isListening(config: unknown, nowMs: number): boolean {
  const { listening } = config as { listening?: { until?: unknown } };
  return typeof listening?.until === 'number' && listening.until > nowMs;
}
