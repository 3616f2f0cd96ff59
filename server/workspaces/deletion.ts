import { assertItIsThem, type Proof } from '../accounts/proof.ts';
import { audit } from '../audit/store.ts';
import type { Session } from '../auth/sign-in.ts';
import { db, type Transaction } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import { TRIGGER_CHANNEL } from '../live/hub.ts';
import { addJob } from '../queue/add-job.ts';
import type { WorkspaceScope } from '../scope.ts';
import { resumeTriggers } from '../triggers/resume.ts';
import { announce } from '../triggers/sync.ts';
import { assertOwner } from './policy.ts';
import type { DeletedWorkspace } from './schema.ts';

/** So long an owner can take it back. */
export const GRACE_MS = 30 * 86_400_000;

/**
 * Makes the workspace disappear for everybody, and stops all that it does: addresses answer 404, schedules rest, executions
 * end as cancelled. Until the time that it gives, an owner can restore it. Throws FORBIDDEN, CONFLICT for another name.
 */
export async function deleteWorkspace(
  scope: WorkspaceScope,
  session: Session,
  { name, ...proof }: Proof & { name: string },
): Promise<{ purgeAt: Date }> {
  assertOwner(scope);
  const { workspaceId: id } = scope;
  const found = await db().workspace.findUniqueOrThrow({ where: { id }, select: { name: true } });
  if (found.name.trim() !== name.trim())
    throw new AppError('CONFLICT', 'This is not the name of the workspace.');
  await assertItIsThem(session, proof);
  const purgeAt = new Date(Date.now() + GRACE_MS);
  await db().$transaction(async (tx) => {
    await closeWorkspace(tx, id, purgeAt);
    await audit(tx, scope, { action: 'workspace.delete', subjectId: id, after: { purgeAt } });
  });
  return { purgeAt };
}

/** From this commit on nobody gets in and nothing of it starts; a job ends what runs. Throws NOT_FOUND when it was closed already. */
export async function closeWorkspace(tx: Transaction, id: string, purgeAt: Date): Promise<void> {
  const { count } = await tx.workspace.updateMany({
    where: { id, deletedAt: null },
    data: { deletedAt: new Date(), purgeAt },
  });
  if (count === 0) throw notFound('workspace');
  await tx.trigger.updateMany({ where: { workspaceId: id }, data: { active: false } });
  await tx.$executeRawUnsafe(`select pg_notify('${TRIGGER_CHANNEL}', '')`);
  await addJob(tx, 'stop-deleted-workspaces', {});
  await addJob(tx, 'update-billing', { workspaceId: id });
}

/** Workspaces that this person could restore, the latest deletion first. */
export const listDeleted = async ({ userId }: Session): Promise<DeletedWorkspace[]> => {
  const rows = await db().workspace.findMany({
    where: { ...restorable(), members: { some: { userId, role: 'owner' } } },
    orderBy: { deletedAt: 'desc' },
    take: 100,
    select: { id: true, name: true, deletedAt: true, purgeAt: true },
  });
  return rows.map((row) => ({ ...row, deletedAt: row.deletedAt!, purgeAt: row.purgeAt! }));
};

const restorable = () => ({ deletedAt: { not: null }, purgeAt: { gt: new Date() } });

/** Everything goes on as it was; executions that were cancelled stay so. Throws NOT_FOUND for all but its owners, and when it is too late. */
export async function restoreWorkspace({ userId }: Session, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.workspace.updateMany({
      where: { id, ...restorable(), members: { some: { userId, role: 'owner' } } },
      data: { deletedAt: null, purgeAt: null },
    });
    if (count === 0) throw notFound('workspace');
    await resumeTriggers(tx, id);
    await announce(tx);
    await addJob(tx, 'update-billing', { workspaceId: id });
    await audit(tx, { workspaceId: id, userId }, { action: 'workspace.restore', subjectId: id });
  });
}
