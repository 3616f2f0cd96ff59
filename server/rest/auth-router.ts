import { z } from 'zod';
import { signUp } from '../accounts/commands.ts';
import { requestPasswordReset, resetPassword } from '../accounts/password-reset.ts';
import { forgotPasswordSchema, resetPasswordSchema, signUpSchema } from '../accounts/schema.ts';
import { publicProcedure, router } from '../trpc/init.ts';
import { loginByApiSchema, registeredSchema, tokenSchema } from './auth-schema.ts';
import { keyProcedure } from './key-procedure.ts';
import { logIn, logOut, refreshToken } from './login-tokens.ts';

const tag = 'Auth';
const post = (path: `/auth/${string}`, summary: string, status = 200) => ({
  limit: 'auth' as const,
  rest: { method: 'POST' as const, path, summary, tag, status },
});

/** For scripts; browsers have sessions (server/auth). */
export const authRouter = router({
  register: publicProcedure
    .meta(post('/auth/register', 'Make an account and its first workspace', 201))
    .input(signUpSchema)
    .output(registeredSchema)
    .mutation(({ input }) => signUp(input)),
  login: publicProcedure
    .meta(post('/auth/login', 'A token for an hour: an API key of all scopes of a workspace'))
    .input(loginByApiSchema)
    .output(tokenSchema)
    .mutation(({ input }) => logIn(input)),
  refresh: keyProcedure
    .meta(post('/auth/refresh', 'A new token for the one that is sent, which ends'))
    .output(tokenSchema)
    .mutation(({ ctx }) => refreshToken(ctx.apiKey)),
  logout: keyProcedure
    .meta(post('/auth/logout', 'End the token that is sent', 204))
    .output(z.void())
    .mutation(({ ctx }) => logOut(ctx.apiKey)),
  forgotPassword: publicProcedure
    .meta(post('/auth/forgot-password', 'Mail a link for a new password, if there is such an account', 204))
    .input(forgotPasswordSchema)
    .output(z.void())
    .mutation(({ input }) => requestPasswordReset(input.email)),
  resetPassword: publicProcedure
    .meta(post('/auth/reset-password', 'Set a new password with the token of the link'))
    .input(resetPasswordSchema)
    .output(z.object({ email: z.string() }))
    .mutation(({ input }) => resetPassword(input)),
});
