import { randomBytes } from 'node:crypto';
import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import type { Session } from '../auth/sign-in.ts';
import { db, type Transaction } from '../db.ts';
import { env } from '../env.ts';
import { AppError, notFound } from '../errors.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { lockWorkspace } from '../plans/publishing.ts';
import { fitMembers } from '../plans/seats.ts';
import type { WorkspaceScope } from '../scope.ts';
import { assertSeat, type SeatRoom } from '../workspaces/policy.ts';
import type { Role } from '../workspaces/schema.ts';
import { actorOf, assertMayChange } from './policy.ts';
import { getMember, hashToken } from './queries.ts';
import type { Member } from './schema.ts';

const INVITATION_MS = 7 * 86_400_000;

/** Invites an address, by mail and with the link in the answer; an older open invitation of it stops working. */
export async function invite(scope: WorkspaceScope, input: { email: string; role: Exclude<Role, 'owner'> }) {
  const token = randomBytes(24).toString('base64url');
  const url = `${env().APP_URL}/invite/${token}`;
  const { workspaceId } = scope;
  const invitation = await db().$transaction(async (tx) => {
    const member = await tx.member.findFirst({
      where: { workspaceId, user: { email: input.email } },
      select: { userId: true },
    });
    if (member) throw new AppError('CONFLICT', `${input.email} is already a member.`);
    const room = await lockSeats(tx, workspaceId);
    await tx.invitation.deleteMany({ where: { workspaceId, email: input.email, acceptedAt: null } });
    assertSeat(room, (await countPeople(tx, workspaceId)) + 1);
    const created = await tx.invitation.create({
      data: {
        id: newId(),
        workspaceId,
        email: input.email,
        role: input.role,
        tokenHash: hashToken(token),
        invitedById: scope.userId!,
        expiresAt: new Date(Date.now() + INVITATION_MS),
      },
      select: { id: true, email: true, role: true, createdAt: true, expiresAt: true },
    });
    const by = await tx.user.findUnique({ where: { id: scope.userId! }, select: { name: true } });
    const workspace = await tx.workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { name: true },
    });
    await queueMail(
      tx,
      composeMail({
        to: input.email,
        subject: `${by?.name ?? 'Somebody'} invites you to “${workspace.name}”`,
        paragraphs: [
          `${by?.name ?? 'Somebody'} invites you to work together on LinkFlow, in the workspace “${workspace.name}” as ${input.role}.`,
        ],
        action: { label: 'See the invitation', url },
        note: 'The link is good for a week, and for this address only. If you do not know them, ignore this mail.',
      }),
    );
    await audit(tx, scope, { action: 'member.invite', subjectId: created.id, after: input });
    return created;
  });
  return { invitation, url };
}

export async function revokeInvitation(scope: WorkspaceScope, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.invitation.deleteMany({
      where: { id, workspaceId: scope.workspaceId, acceptedAt: null },
    });
    if (count === 0) throw notFound('invitation');
    await audit(tx, scope, { action: 'member.revoke-invitation', subjectId: id });
  });
}

/** Joins the workspace. The link works once, in time, and only for the address it was sent to. */
export async function acceptInvitation(session: Session, token: string): Promise<{ workspaceId: string }> {
  return db().$transaction(async (tx) => {
    const row = await tx.invitation.findUnique({
      where: { tokenHash: hashToken(token) },
      select: {
        id: true,
        workspaceId: true,
        email: true,
        role: true,
        expiresAt: true,
        workspace: { select: { deletedAt: true } },
      },
    });
    if (!row || row.workspace.deletedAt) throw notFound('invitation');
    if (row.email !== session.user.email) {
      throw new AppError('FORBIDDEN', `This invitation is for ${row.email}. Log in with that address.`);
    }
    if (row.expiresAt < new Date())
      throw new AppError('CONFLICT', 'This invitation has expired. Ask for a new one.');
    const { count } = await tx.invitation.updateMany({
      where: { id: row.id, acceptedAt: null },
      data: { acceptedAt: new Date() },
    });
    if (count === 0) throw new AppError('CONFLICT', 'This invitation has already been used.');
    const { workspaceId, role } = row;
    const room = await lockSeats(tx, workspaceId);
    const member = { workspaceId, userId: session.userId };
    if (await tx.member.findUnique({ where: { workspaceId_userId: member } })) return { workspaceId };
    assertSeat(room, (await tx.member.count({ where: { workspaceId } })) + 1); // there may be fewer than when they were invited
    await tx.member.create({ data: { ...member, role } });
    await audit(
      tx,
      { workspaceId, userId: session.userId },
      { action: 'member.join', subjectId: session.userId, after: { role } },
    );
    return { workspaceId };
  });
}

/** Throws NOT_FOUND, FORBIDDEN for an owner or a new one by anybody but an owner in person, CONFLICT for the last one. */
export async function updateRole(
  scope: WorkspaceScope,
  input: { userId: string; role: Role },
): Promise<Member> {
  await db().$transaction(async (tx) => {
    const { before, owners } = await lockMember(tx, scope, input.userId);
    assertMayChange(actorOf(scope), before, input.role, owners);
    await tx.member.update({
      where: { workspaceId_userId: { workspaceId: scope.workspaceId, userId: input.userId } },
      data: { role: input.role },
    });
    await fitMembers(tx, scope.workspaceId); // owners always have a seat
    await audit(tx, scope, {
      action: 'member.update-role',
      subjectId: input.userId,
      before: { role: before },
      after: { role: input.role },
    });
  });
  return getMember(scope, input.userId);
}

/** Takes somebody out of the workspace; also how one leaves oneself. */
export async function removeMember(scope: WorkspaceScope, userId: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const { before, owners } = await lockMember(tx, scope, userId);
    const leaves = userId === scope.userId && !scope.apiScopes;
    assertMayChange(leaves ? 'owner' : actorOf(scope), before, null, owners);
    await tx.member.delete({ where: { workspaceId_userId: { workspaceId: scope.workspaceId, userId } } });
    await tx.apiKey.deleteMany({ where: { workspaceId: scope.workspaceId, userId } });
    // were they to come back, it would be without
    await tx.credentialMember.deleteMany({
      where: { userId, credential: { workspaceId: scope.workspaceId } },
    });
    await fitMembers(tx, scope.workspaceId); // the seat is somebody else's now
    await audit(tx, scope, { action: 'member.remove', subjectId: userId, before: { role: before } });
  });
}

/** The seats and the plan they are of; who asks next waits until this transaction has ended, and then counts anew. */
async function lockSeats(tx: Transaction, workspaceId: string): Promise<SeatRoom> {
  const rows = await tx.$queryRaw<SeatRoom[]>`
    select seats, plan from workspace where id = ${workspaceId}::uuid and deleted_at is null for update`;
  if (!rows[0]) throw notFound('workspace');
  return rows[0];
}

/** Members, and those who could become one by an open invitation. */
async function countPeople(tx: Transaction, workspaceId: string): Promise<number> {
  const members = await tx.member.count({ where: { workspaceId } });
  const open = { workspaceId, acceptedAt: null, expiresAt: { gt: new Date() } };
  return members + (await tx.invitation.count({ where: open }));
}

/** Locks the workspace's members, so that two owners cannot demote each other at the same moment. */
export async function lockMember(tx: Transaction, scope: WorkspaceScope, userId: string) {
  // the workspace first, as whoever changes its seats does
  await lockWorkspace(tx, scope.workspaceId);
  const rows = await tx.$queryRaw<{ user_id: string; role: Role }[]>`
    select user_id, role::text from member where workspace_id = ${scope.workspaceId}::uuid for update`;
  const member = rows.find((row) => row.user_id === userId);
  if (!member) throw notFound('member');
  return { before: member.role, owners: rows.filter((row) => row.role === 'owner').length };
}
