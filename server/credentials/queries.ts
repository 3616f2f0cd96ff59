import { credentialTypes } from '#nodes/credential-types/registry.ts';
import { parameterSchema } from '#nodes/json-schema.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { WorkspaceScope } from '../scope.ts';
import { mayManage, mayUse, shownData, visibleTo } from './policy.ts';
import type { CredentialDetail, CredentialSummary, Sharing } from './schema.ts';
import { ENTRY_COLUMNS, openRow } from './vault.ts';

const SHOWN = {
  id: true,
  name: true,
  type: true,
  allowedHosts: true,
  sharing: true,
  createdById: true,
  createdAt: true,
  updatedAt: true,
  lastUsedAt: true,
  expiresAt: true,
  connectedAt: true,
  problem: true,
  members: { select: { userId: true } },
} as const;

interface Row extends Omit<CredentialSummary, 'createdBy' | 'mayUse' | 'mayManage'> {
  sharing: Sharing;
  createdById: string | null;
  members: { userId: string }[];
}

/** Every kind, with the JSON Schema of its fields. */
export const listCredentialTypes = () =>
  credentialTypes.map(({ type, name, description, fields }) => ({
    type,
    name,
    description,
    schema: parameterSchema(fields),
  }));

/** Newest first; only those that the caller may see. */
export async function listCredentials(
  scope: WorkspaceScope,
  filter: { search?: string; type?: string; limit: number; cursor?: string },
): Promise<{ data: CredentialSummary[]; nextCursor: string | null }> {
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const rows = await db().credential.findMany({
    where: {
      workspaceId: scope.workspaceId,
      AND: [
        visibleTo(scope),
        ...(after
          ? [{ OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }]
          : []),
      ],
      ...(filter.type === undefined ? {} : { type: filter.type }),
      ...(filter.search ? { name: { contains: filter.search, mode: 'insensitive' } } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: filter.limit + 1,
    select: SHOWN,
  });
  const page = rows.slice(0, filter.limit);
  const names = await namesOf(page.map(({ createdById }) => createdById));
  const last = page.at(-1);
  return {
    data: page.map((row) => summaryOf(scope, row, names)),
    nextCursor: rows.length > filter.limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

function summaryOf(scope: WorkspaceScope, row: Row, names: ReadonlyMap<string, string>): CredentialSummary {
  const { members, createdById, ...rest } = row;
  const maker = createdById === null ? undefined : names.get(createdById);
  return {
    ...rest,
    createdBy: createdById !== null && maker !== undefined ? { id: createdById, name: maker } : null,
    mayUse: mayUse(scope, { ...row, members }),
    mayManage: mayManage(scope, row),
  };
}

async function namesOf(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Map();
  const users = await db().user.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [id, name]));
}

/** One credential without its secrets. Throws NOT_FOUND, also for what the caller may not see. */
export async function getCredential(scope: WorkspaceScope, id: string): Promise<CredentialDetail> {
  const row = await db().credential.findFirst({
    where: { id, workspaceId: scope.workspaceId, ...visibleTo(scope) },
    select: {
      ...SHOWN,
      ...ENTRY_COLUMNS,
      members: { select: { userId: true, user: { select: { name: true, email: true } } } },
    },
  });
  if (!row) throw notFound('credential');
  const { sealed: _sealed, dataKey: _dataKey, workspaceId: _workspaceId, ...shown } = row;
  const names = await namesOf([row.createdById]);
  return {
    ...summaryOf(scope, shown, names),
    ...shownData(row.type, openRow(row).data),
    members: row.members.map(({ userId, user }) => ({ id: userId, ...user })),
    usedIn: await workflowsWith(scope, id),
  };
}

/** Workflows that have this id in their draft or in what is published. */
export async function workflowsWith(
  scope: WorkspaceScope,
  id: string,
): Promise<{ id: string; name: string }[]> {
  return db().$queryRaw<{ id: string; name: string }[]>`
    select w.id, w.name from workflow w left join workflow_version v on v.id = w.published_version_id
    where w.workspace_id = ${scope.workspaceId}::uuid and w.deleted_at is null
      and (position(${id} in w.draft::text) > 0 or position(${id} in v.content::text) > 0)
    order by w.name limit 100`;
}

/** Who and what opened it, newest first. */
export async function listAccesses(
  scope: WorkspaceScope,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string },
) {
  await getVisible(scope, id);
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = await db().credentialAccess.findMany({
    where: {
      credentialId: id,
      workspaceId: scope.workspaceId,
      ...(after ? { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const [names, workflows] = await Promise.all([
    namesOf(page.map(({ userId }) => userId)),
    db().workflow.findMany({
      where: {
        workspaceId: scope.workspaceId,
        id: { in: [...new Set(page.flatMap(({ workflowId }) => workflowId ?? []))] },
      },
      select: { id: true, name: true },
    }),
  ]);
  const byId = new Map(workflows.map((workflow) => [workflow.id, workflow]));
  const last = page.at(-1);
  return {
    data: page.map(({ id: accessId, kind, at, userId, executionId, workflowId, nodeId, host }) => ({
      id: accessId,
      kind,
      at,
      user: userId === null ? null : (names.get(userId) ?? null),
      executionId,
      workflow: workflowId === null ? null : (byId.get(workflowId) ?? null),
      nodeId,
      host,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at, id: last.id }) : null,
  };
}

/** Throws NOT_FOUND for what the caller may not see. */
export async function getVisible(scope: WorkspaceScope, id: string) {
  const row = await db().credential.findFirst({
    where: { id, workspaceId: scope.workspaceId, ...visibleTo(scope) },
    select: SHOWN,
  });
  if (!row) throw notFound('credential');
  return row;
}
