import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import { hashPassword } from '../auth/password.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import { mailVerification } from './verification.ts';

/** A new account with a workspace of its own. Throws CONFLICT when the address is taken. */
export async function signUp(
  input: { email: string; password: string; name: string },
  options: { isAdmin?: boolean } = {},
): Promise<{ userId: string; workspaceId: string }> {
  const passwordHash = await hashPassword(input.password);
  const userId = newId();
  const workspaceId = newId();
  try {
    await db().$transaction(async (tx) => {
      await tx.user.create({
        data: {
          id: userId,
          email: input.email,
          name: input.name,
          passwordHash,
          // whoever sets the system up is its first user
          isAdmin: options.isAdmin ?? (await tx.user.count()) === 0,
        },
      });
      await tx.workspace.create({
        data: { id: workspaceId, name: `${input.name.split(' ')[0]}’s workspace` },
      });
      await tx.member.create({ data: { workspaceId, userId, role: 'owner' } });
      await mailVerification(tx, { id: userId, email: input.email, name: input.name });
      await audit(tx, { workspaceId, userId }, { action: 'account.sign-up', subjectId: userId });
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'P2002') throw error;
    throw new AppError('CONFLICT', 'There is already an account with this e-mail address. Log in instead.');
  }
  return { userId, workspaceId };
}
