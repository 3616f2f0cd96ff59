import { createHash } from 'node:crypto';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { Invitation, Member } from './schema.ts';

const shown = {
  ...{ userId: true, role: true, reducedAt: true, createdAt: true },
  user: { select: { name: true, email: true } },
} as const;

export async function listMembers(scope: WorkspaceScope): Promise<Member[]> {
  const rows = await db().member.findMany({
    where: { workspaceId: scope.workspaceId },
    orderBy: { createdAt: 'asc' },
    take: 1000,
    select: shown,
  });
  return rows.map(({ user, ...member }) => ({ ...member, ...user }));
}

/** Throws NOT_FOUND for whoever is not in the workspace. */
export async function getMember({ workspaceId }: WorkspaceScope, userId: string): Promise<Member> {
  const row = await db().member.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: shown,
  });
  if (!row) throw notFound('member');
  const { user, ...member } = row;
  return { ...member, ...user };
}

/** Open invitations; used and expired ones are not listed. */
export const listInvitations = (scope: WorkspaceScope): Promise<Invitation[]> =>
  db().invitation.findMany({
    where: { workspaceId: scope.workspaceId, acceptedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: 'desc' },
    take: 1000,
    select: { id: true, email: true, role: true, createdAt: true, expiresAt: true },
  });

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What the holder of the link may see. Needs no scope: the token is the proof. */
export async function previewInvitation(token: string) {
  const row = await db().invitation.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      email: true,
      role: true,
      expiresAt: true,
      acceptedAt: true,
      workspace: { select: { name: true, deletedAt: true } },
    },
  });
  if (!row || row.workspace.deletedAt) throw notFound('invitation');
  const state = row.acceptedAt
    ? ('accepted' as const)
    : row.expiresAt < new Date()
      ? ('expired' as const)
      : ('open' as const);
  return { workspaceName: row.workspace.name, email: row.email, role: row.role, state };
}
