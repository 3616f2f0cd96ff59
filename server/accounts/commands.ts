import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import { hashPassword } from '../auth/password.ts';
import { db, type Transaction } from '../db.ts';
import { AppError } from '../errors.ts';
import { applyPlan } from '../plans/apply.ts';
import { defaultPlan } from '../plans/default-plan.ts';
import { mailVerification } from './verification.ts';

export interface NewAccount {
  email: string;
  name: string;
  /** null: signs in by an identity provider. */
  passwordHash: string | null;
  emailVerified?: boolean;
  isAdmin?: boolean;
}

/** A new account with a workspace of its own. Throws CONFLICT when the address is taken. */
export async function signUp(
  input: { email: string; password: string; name: string },
  options: { isAdmin?: boolean } = {},
): Promise<{ userId: string; workspaceId: string }> {
  const passwordHash = await hashPassword(input.password);
  try {
    return await db().$transaction((tx) =>
      createAccount(tx, { email: input.email, name: input.name, passwordHash, ...options }),
    );
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'P2002') throw error;
    throw new AppError('CONFLICT', 'There is already an account with this e-mail address. Log in instead.');
  }
}

/** The rows of a new account; rejects with Prisma's P2002 when the address is taken. */
export async function createAccount(
  tx: Transaction,
  account: NewAccount,
): Promise<{ userId: string; workspaceId: string }> {
  const { email, name, passwordHash, emailVerified = false } = account;
  const userId = newId();
  const workspaceId = newId();
  await tx.user.create({
    data: {
      id: userId,
      email,
      name,
      passwordHash,
      emailVerifiedAt: emailVerified ? new Date() : null,
      // whoever sets the system up is its first user
      isAdmin: account.isAdmin ?? (await tx.user.count()) === 0,
    },
  });
  await tx.workspace.create({
    data: { id: workspaceId, name: `${name.split(' ')[0]}’s workspace`, plan: defaultPlan() },
  });
  await tx.member.create({ data: { workspaceId, userId, role: 'owner' } });
  await applyPlan(tx, workspaceId);
  if (!emailVerified) await mailVerification(tx, { id: userId, email, name });
  await audit(tx, { workspaceId, userId }, { action: 'account.sign-up', subjectId: userId });
  return { userId, workspaceId };
}
