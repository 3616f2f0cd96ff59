import type { Workflow, WorkflowNode } from '#engine/workflow.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { mayUse } from './policy.ts';

const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Every id that stands anywhere in it: in a node's places, in an inner workflow, in a parameter. */
export const idsIn = (value: unknown): string[] => [
  ...new Set((JSON.stringify(value) ?? '').match(IDS)?.map((id) => id.toLowerCase()) ?? []),
];

/**
 * Nobody may put a credential into a workflow that is not shared with them, however deep inside it. A node that somebody
 * else gave one to stays as it is: whoever may not use it may not say where it is sent. Throws FORBIDDEN that names both.
 */
export async function assertMayUseCredentials(
  scope: WorkspaceScope,
  nodes: readonly WorkflowNode[],
  findBefore: () => Promise<readonly WorkflowNode[]>,
): Promise<void> {
  const ids = idsIn(nodes.map(({ credentials, parameters }) => ({ credentials, parameters })));
  if (ids.length === 0) return;
  const rows = await db().credential.findMany({
    where: { workspaceId: scope.workspaceId, id: { in: ids } },
    select: { id: true, name: true, sharing: true, createdById: true, members: { select: { userId: true } } },
  });
  const foreign = rows.filter((row) => !mayUse(scope, row));
  if (foreign.length === 0) return;
  const before = new Map((await findBefore()).map((node) => [node.id, essence(node)]));
  for (const node of nodes) {
    const used = essence(node);
    const one = foreign.find(({ id }) => used.toLowerCase().includes(id));
    if (one && before.get(node.id) !== used)
      throw new AppError(
        'FORBIDDEN',
        `“${node.name}” has a credential that is not shared with you, so it can only be changed by those who may use it.`,
        { nodeId: node.id },
      );
  }
}

/** What decides about what is sent where. */
const essence = ({ type, version, parameters, credentials }: WorkflowNode): string =>
  JSON.stringify([type, version, sorted(parameters), sorted(credentials)]);

/** The database keeps the order of keys by their length. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

/** Throws BAD_REQUEST that names a node whose credential is none of this workspace. */
export async function assertCredentialsExist(scope: WorkspaceScope, { nodes }: Workflow): Promise<void> {
  const wanted = nodes.flatMap((node) =>
    node.disabled ? [] : Object.entries(node.credentials).map(([slot, id]) => ({ node, slot, id })),
  );
  if (wanted.length === 0) return;
  const rows = await db().credential.findMany({
    where: { workspaceId: scope.workspaceId, id: { in: idsIn(wanted.map(({ id }) => id)) } },
    select: { id: true },
  });
  const known = new Set(rows.map(({ id }) => id));
  const missing = wanted.find(({ id }) => !known.has(id.toLowerCase()));
  if (!missing) return;
  const message = `The credential of “${missing.node.name}” does not exist any more. Choose another one.`;
  const field = `credentials.${missing.slot}`;
  throw new AppError('BAD_REQUEST', message, {
    issues: [{ code: 'unknown-credential', severity: 'error', nodeId: missing.node.id, field, message }],
  });
}
