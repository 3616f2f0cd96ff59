import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { roleNow } from '../members/policy.ts';
import type { Me } from './schema.ts';

/** The signed-in user and the workspaces they are in, oldest first. */
export async function getMe(session: Session): Promise<Me> {
  const members = await db().member.findMany({
    where: { userId: session.userId, workspace: { deletedAt: null } },
    orderBy: { createdAt: 'asc' },
    select: { role: true, reducedAt: true, workspace: { select: { id: true, name: true } } },
  });
  return {
    user: session.user,
    workspaces: members.map(({ workspace, ...member }) => ({
      ...workspace,
      role: roleNow(member),
      hasSeat: member.reducedAt === null,
    })),
  };
}
