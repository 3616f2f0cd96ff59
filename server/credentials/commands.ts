import { newId } from '#lib/id.ts';
import { counterpartOf } from '#nodes/credential-types/from-n8n.ts';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import { audit } from '../audit/store.ts';
import { db, type Transaction } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { assertMayManage, checkData } from './policy.ts';
import { getCredential, getVisible, workflowsWith } from './queries.ts';
import type { CredentialDetail, Sharing } from './schema.ts';
import { ENTRY_COLUMNS, forget, openRow, sealContent } from './vault.ts';

interface NewCredential {
  name: string;
  type: string;
  data: Record<string, unknown>;
  allowedHosts: string[];
  sharing: Sharing;
  members: string[];
  expiresAt: Date | null;
}

/** Keeps a secret. Throws BAD_REQUEST that names the field. */
export async function createCredential(
  scope: WorkspaceScope,
  input: NewCredential,
): Promise<CredentialDetail> {
  const { type, data } = checked(input.type, input.data);
  const id = newId();
  const { name, allowedHosts, sharing, expiresAt } = input;
  await db().$transaction(async (tx) => {
    await tx.credential.create({
      data: {
        ...{ id, workspaceId: scope.workspaceId, name, type, allowedHosts, sharing, expiresAt },
        createdById: scope.userId,
        ...(await sealContent(tx, { workspaceId: scope.workspaceId, id }, { data })),
      },
    });
    await shareWith(tx, scope, id, sharing === 'chosen' ? input.members : []);
    await audit(tx, scope, {
      action: 'credential.create',
      subjectId: id,
      after: { name, type, allowedHosts, sharing },
    });
  });
  return getCredential(scope, id);
}

/** Our kind and fields, also for what n8n calls it and for other spellings of our names. */
function checked(
  type: string,
  data: Record<string, unknown>,
): { type: string; data: Record<string, unknown> } {
  if (findCredentialType(type)) return { type, data: checkData(type, data) };
  const counterpart = counterpartOf(type);
  if (counterpart)
    return { type: counterpart.type, data: checkData(counterpart.type, counterpart.data(data)) };
  const ours = type
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  return { type: ours, data: checkData(ours, data) };
}

interface CredentialChange {
  id: string;
  name?: string;
  data?: Record<string, unknown>;
  allowedHosts?: string[];
  sharing?: Sharing;
  members?: string[];
  expiresAt?: Date | null;
}

/** Changes what is named; secrets that are left out or empty stay as they are. */
export async function updateCredential(
  scope: WorkspaceScope,
  change: CredentialChange,
): Promise<CredentialDetail> {
  const { id, data: given, members, ...columns } = change;
  assertMayManage(scope, await getVisible(scope, id));
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from credential where id = ${id}::uuid for update`;
    const row = await tx.credential.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: { ...ENTRY_COLUMNS, sharing: true, expiresAt: true },
    });
    if (!row) throw notFound('credential');
    await tx.credential.update({
      where: { id },
      data: {
        ...columns,
        ...(columns.expiresAt === undefined ? {} : { warnedAt: null }),
        ...(given ? await newContent(tx, row, given) : {}),
        updatedAt: new Date(),
      },
    });
    const sharing = columns.sharing ?? row.sharing;
    if (sharing === 'workspace') await shareWith(tx, scope, id, []);
    else if (members) await shareWith(tx, scope, id, members);
    const { name, allowedHosts } = row;
    await audit(tx, scope, {
      action: 'credential.update',
      subjectId: id,
      before: { name, allowedHosts, sharing: row.sharing, expiresAt: row.expiresAt },
      after: {
        ...columns,
        ...(given ? { secretsChanged: Object.keys(given) } : {}),
        ...(members ? { members } : {}),
      },
    });
  });
  forget(id);
  return getCredential(scope, id);
}

/** A connection is for the client and the addresses that it was made with; when these change, somebody has to consent again. */
async function newContent(
  tx: Transaction,
  row: Parameters<typeof openRow>[0],
  given: Record<string, unknown>,
) {
  const { data: before, tokens, workspaceId, id, type } = openRow(row);
  const data = checkData(type, given, before);
  const BOUND = [
    ...['grant', 'authorizationUrl', 'tokenUrl', 'clientId', 'scope', 'audience'],
    ...['flow', 'requestTokenUrl', 'accessTokenUrl', 'consumerKey'],
  ];
  const stays = tokens !== undefined && BOUND.every((name) => before[name] === data[name]);
  return {
    ...(await sealContent(tx, { workspaceId, id }, { data, ...(stays ? { tokens } : {}) })),
    problem: null,
    ...(stays ? {} : { connectedAt: null, tokenExpiresAt: null }),
  };
}

async function shareWith(
  tx: Transaction,
  scope: WorkspaceScope,
  id: string,
  userIds: readonly string[],
): Promise<void> {
  const members = await tx.member.findMany({
    where: { workspaceId: scope.workspaceId, userId: { in: [...userIds] } },
    select: { userId: true },
  });
  if (members.length < new Set(userIds).size)
    throw new AppError('BAD_REQUEST', 'members: Somebody of these is not a member of this workspace.');
  await tx.credentialMember.deleteMany({ where: { credentialId: id } });
  await tx.credentialMember.createMany({ data: members.map(({ userId }) => ({ credentialId: id, userId })) });
}

/** Deletes it for good; what runs with it fails from now on. */
export async function deleteCredential(scope: WorkspaceScope, id: string): Promise<void> {
  assertMayManage(scope, await getVisible(scope, id));
  const used = await workflowsWith(scope, id);
  await db().$transaction(async (tx) => {
    const { count } = await tx.credential.deleteMany({ where: { id, workspaceId: scope.workspaceId } });
    if (count === 0) throw notFound('credential');
    await audit(tx, scope, {
      action: 'credential.delete',
      subjectId: id,
      before: { usedIn: used.map(({ name }) => name).slice(0, 20) },
    });
  });
  forget(id);
}
