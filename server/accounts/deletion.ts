import { audit } from '../audit/store.ts';
import type { Session } from '../auth/sign-in.ts';
import { db, type Transaction } from '../db.ts';
import { AppError } from '../errors.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { closeWorkspace } from '../workspaces/deletion.ts';
import { assertItIsThem, type Proof } from './proof.ts';

/**
 * Deletes the account with its sessions, identities and API keys. Workspaces where nobody else is go with it, without a
 * way back. Throws CONFLICT for another address, for the only operator, and with `workspaces` for those that would be
 * left without an owner; FORBIDDEN.
 */
export async function deleteAccount(
  session: Session,
  { email, ...proof }: Proof & { email: string },
): Promise<void> {
  const { userId, user } = session;
  if (email !== user.email) throw new AppError('CONFLICT', 'This is not the address of your account.');
  await db().$transaction((tx) => sortWorkspaces(tx, userId)); // before a code is used up
  await assertItIsThem(session, proof);
  await db().$transaction(
    async (tx) => {
      await assertNotOnlyOperator(tx, userId);
      const { alone, shared } = await sortWorkspaces(tx, userId);
      for (const { id, deletedAt } of alone) {
        if (!deletedAt) await closeWorkspace(tx, id, new Date());
        else await tx.workspace.update({ where: { id }, data: { purgeAt: new Date() } });
      }
      for (const { id, role } of shared)
        await audit(
          tx,
          { workspaceId: id, userId },
          { action: 'member.remove', subjectId: userId, before: { role } },
        );
      await tx.apiKey.deleteMany({ where: { userId } });
      await tx.oAuthConnect.deleteMany({ where: { userId } });
      await tx.outgoingMail.deleteMany({ where: { to: user.email } });
      await tx.user.delete({ where: { id: userId } });
      await queueMail(
        tx,
        composeMail({
          to: user.email,
          subject: 'Your account was deleted',
          paragraphs: [
            `Hello ${user.name},`,
            'your LinkFlow account was deleted, as you asked. This is our last mail to you.',
          ],
        }),
      );
    },
    { timeout: 30_000 },
  );
}

interface Membership {
  id: string;
  name: string;
  role: string;
  deletedAt: Date | null;
}

/** Locks the workspaces, so that nobody joins one meanwhile, and says in which of them nobody else is. */
async function sortWorkspaces(
  tx: Transaction,
  userId: string,
): Promise<{ alone: Membership[]; shared: Membership[] }> {
  await tx.$queryRaw`select w.id from workspace w
    where w.id in (select workspace_id from member where user_id = ${userId}::uuid) order by w.id for update`;
  // a statement of its own, which sees who joined while the one before waited
  const rows = await tx.$queryRaw<(Membership & { others: number; owners: number })[]>`
    select w.id, w.name, w.deleted_at as "deletedAt", me.role::text as role,
      (select count(*)::int from member o where o.workspace_id = w.id and o.user_id <> me.user_id) as others,
      (select count(*)::int from member o where o.workspace_id = w.id and o.user_id <> me.user_id and o.role = 'owner') as owners
    from workspace w join member me on me.workspace_id = w.id and me.user_id = ${userId}::uuid order by w.name`;
  const stranded = rows.filter(
    (row) => row.role === 'owner' && row.owners === 0 && row.others > 0 && !row.deletedAt,
  );
  if (stranded.length > 0) {
    const names = stranded.map(({ name }) => `“${name}”`).join(', ');
    throw new AppError(
      'CONFLICT',
      `Others would be left without an owner. First hand over or delete ${names}.`,
      {
        workspaces: stranded.map(({ id, name }) => ({ id, name })),
      },
    );
  }
  return {
    alone: rows.filter(({ others }) => others === 0),
    shared: rows.filter(({ others }) => others > 0),
  };
}

/** Somebody must be able to help those who cannot help themselves. */
async function assertNotOnlyOperator(tx: Transaction, userId: string): Promise<void> {
  const operators = await tx.$queryRaw<{ id: string }[]>`
    select id from "user" where is_admin order by id for update`;
  if (operators.length !== 1 || operators[0]!.id !== userId) return;
  if ((await tx.user.count({ take: 2 })) === 1) return;
  throw new AppError('CONFLICT', 'You are the only operator of this server. Make somebody else one first.');
}
