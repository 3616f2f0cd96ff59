import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { shownOfCircuit, toSummary } from './queries.ts';
import type { CircuitSummary } from './schema.ts';

/**
 * A person says that the host may be called again: its circuit closes and the failures are forgotten. Workers know of it
 * with the next call that they would refuse. One that is closed stays as it is. Throws NOT_FOUND.
 */
export async function closeCircuit(
  scope: WorkspaceScope,
  { host, credentialId }: { host: string; credentialId: string },
): Promise<CircuitSummary> {
  const { workspaceId } = scope;
  const where = { workspaceId_host_credentialId: { workspaceId, host, credentialId } };
  const row = await db().$transaction(async (tx) => {
    const before = await tx.circuit.findUnique({ where, select: shownOfCircuit });
    if (!before) throw notFound('circuit');
    if (before.state === 'closed') return before;
    const after = await tx.circuit.update({
      where,
      data: { state: 'closed', failures: 0, retryAt: null, updatedAt: new Date() },
      select: shownOfCircuit,
    });
    const { state, failures, lastError } = before;
    await audit(tx, scope, {
      action: 'circuit.close',
      subjectId: host,
      before: { state, failures, lastError, credentialId },
    });
    return after;
  });
  return toSummary(row);
}
