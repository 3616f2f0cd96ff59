import { assertItIsThem, type Proof } from '../accounts/proof.ts';
import { audit } from '../audit/store.ts';
import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { lockMember } from '../members/commands.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { addJob } from '../queue/add-job.ts';
import type { WorkspaceScope } from '../scope.ts';
import { assertOwner } from './policy.ts';

/** Makes a member the owner; who was it becomes an admin. Throws FORBIDDEN, NOT_FOUND, CONFLICT for an owner. */
export async function transferOwnership(
  scope: WorkspaceScope,
  session: Session,
  { userId, ...proof }: Proof & { userId: string },
): Promise<void> {
  assertOwner(scope);
  const { workspaceId } = scope;
  const { before: seen } = await db().$transaction((tx) => lockMember(tx, scope, userId));
  if (seen === 'owner') throw new AppError('CONFLICT', 'They are an owner already.');
  await assertItIsThem(session, proof);
  await db().$transaction(async (tx) => {
    const { before } = await lockMember(tx, scope, userId);
    const me = await lockMember(tx, scope, session.userId);
    if (me.before !== 'owner' || before === 'owner')
      throw new AppError('CONFLICT', 'The roles have changed meanwhile. Look again.');
    const setRole = (who: string, role: 'owner' | 'admin') =>
      tx.member.update({ where: { workspaceId_userId: { workspaceId, userId: who } }, data: { role } });
    await setRole(userId, 'owner');
    await setRole(session.userId, 'admin');
    const [workspace, user] = await Promise.all([
      tx.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { name: true } }),
      tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, name: true } }),
    ]);
    await addJob(tx, 'update-billing', { workspaceId });
    await queueMail(
      tx,
      composeMail({
        to: user.email,
        subject: `“${workspace.name}” is yours now`,
        paragraphs: [
          `Hello ${user.name},`,
          `${session.user.name} made you the owner of the workspace “${workspace.name}” on LinkFlow.`,
        ],
        action: { label: 'Open it', url: `${env().APP_URL}/w/${workspaceId}/members` },
      }),
    );
    await audit(tx, scope, {
      action: 'workspace.transfer',
      subjectId: userId,
      before: { owner: session.userId },
      after: { owner: userId },
    });
  });
}
