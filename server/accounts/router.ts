import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc/init.ts';
import { signUp } from './commands.ts';
import { deleteAccount } from './deletion.ts';
import { disconnectIdentity, listIdentities, startConnect } from './identities.ts';
import { requestPasswordReset, resetPassword } from './password-reset.ts';
import { changePassword, rename, requestEmailChange } from './profile.ts';
import { getMe } from './queries.ts';
import {
  changeEmailSchema,
  changePasswordSchema,
  deleteAccountSchema,
  disableTwoFactorSchema,
  enableTwoFactorSchema,
  forgotPasswordSchema,
  identitiesSchema,
  meSchema,
  recoveryCodesSchema,
  renameSchema,
  resetPasswordSchema,
  sessionSchema,
  signUpSchema,
  startConnectSchema,
  startTwoFactorSchema,
  twoFactorSchema,
  twoFactorSetupSchema,
  verifyEmailSchema,
} from './schema.ts';
import { listSessions, revokeOtherSessions, revokeSession } from './sessions.ts';
import {
  disableTwoFactor,
  enableTwoFactor,
  getTwoFactor,
  renewRecoveryCodes,
  startTwoFactor,
} from './two-factor.ts';
import { requestVerification, verifyEmail } from './verification.ts';

/** Takes a password, a code, or sends mails: what strangers with a stolen session would try. */
const guarded = userProcedure.meta({ limit: 'auth' });
const itsEmail = z.object({ email: z.string() });

export const accountsRouter = router({
  signUp: publicProcedure.input(signUpSchema).mutation(({ input }) => signUp(input)),
  me: userProcedure.output(meSchema).query(({ ctx }) => getMe(ctx.session)),
  rename: userProcedure
    .input(renameSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => rename(ctx.session, input.name)),
  requestVerification: guarded
    .output(z.void())
    .mutation(({ ctx }) => requestVerification(ctx.session.userId)),
  verifyEmail: publicProcedure
    .input(verifyEmailSchema)
    .output(itsEmail)
    .mutation(({ input }) => verifyEmail(input.token)),
  requestPasswordReset: publicProcedure
    .input(forgotPasswordSchema)
    .output(z.void())
    .mutation(({ input }) => requestPasswordReset(input.email)),
  resetPassword: publicProcedure
    .input(resetPasswordSchema)
    .output(itsEmail)
    .mutation(({ input }) => resetPassword(input)),
  changePassword: guarded
    .input(changePasswordSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => changePassword(ctx.session, input)),
  requestEmailChange: guarded
    .input(changeEmailSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => requestEmailChange(ctx.session, input)),
  twoFactor: userProcedure.output(twoFactorSchema).query(({ ctx }) => getTwoFactor(ctx.session)),
  startTwoFactor: guarded
    .input(startTwoFactorSchema)
    .output(twoFactorSetupSchema)
    .mutation(({ ctx, input }) => startTwoFactor(ctx.session, input.password)),
  enableTwoFactor: guarded
    .input(enableTwoFactorSchema)
    .output(recoveryCodesSchema)
    .mutation(async ({ ctx, input }) => ({ codes: await enableTwoFactor(ctx.session, input.code) })),
  disableTwoFactor: guarded
    .input(disableTwoFactorSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => disableTwoFactor(ctx.session, input)),
  renewRecoveryCodes: guarded
    .input(enableTwoFactorSchema)
    .output(recoveryCodesSchema)
    .mutation(async ({ ctx, input }) => ({ codes: await renewRecoveryCodes(ctx.session, input.code) })),
  identities: userProcedure.output(identitiesSchema).query(({ ctx }) => listIdentities(ctx.session)),
  startConnect: guarded
    .input(startConnectSchema)
    .output(z.void())
    .mutation(({ ctx, input: { way, ...proof } }) => startConnect(ctx.session, way, proof)),
  disconnectIdentity: guarded
    .input(z.object({ id: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => disconnectIdentity(ctx.session, input.id)),
  delete: guarded
    .input(deleteAccountSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteAccount(ctx.session, input)),
  sessions: userProcedure.output(z.array(sessionSchema)).query(({ ctx }) => listSessions(ctx.session)),
  revokeSession: userProcedure
    .input(z.object({ id: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => revokeSession(ctx.session, input.id)),
  revokeOtherSessions: userProcedure
    .output(z.object({ revoked: z.number() }))
    .mutation(async ({ ctx }) => ({ revoked: await revokeOtherSessions(ctx.session) })),
});
