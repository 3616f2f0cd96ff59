import { db } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';
import { MAX_PER_WORKSPACE } from './memory.ts';
import type { CircuitState, CircuitSummary } from './schema.ts';

export const shownOfCircuit = {
  host: true,
  credentialId: true,
  state: true,
  failures: true,
  openedAt: true,
  retryAt: true,
  lastError: true,
  updatedAt: true,
} as const;

const ORDER: Record<CircuitState, number> = { open: 0, half_open: 1, closed: 2 };

/** Hosts that failed lately: those that are not called first, then those that came back, the newest first. */
export async function listCircuits(scope: WorkspaceScope): Promise<CircuitSummary[]> {
  const rows = await db().circuit.findMany({
    where: { workspaceId: scope.workspaceId },
    orderBy: { updatedAt: 'desc' },
    take: MAX_PER_WORKSPACE,
    select: shownOfCircuit,
  });
  return rows.map(toSummary).sort((a, b) => ORDER[a.state] - ORDER[b.state]);
}

export const toSummary = (row: Omit<CircuitSummary, 'retryInMs'>): CircuitSummary => ({
  ...row,
  retryInMs: row.retryAt && Math.max(0, row.retryAt.getTime() - Date.now()),
});
