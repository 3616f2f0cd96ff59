import { hkdfSync } from 'node:crypto';
import NextAuth, { CredentialsSignin, type NextAuthConfig } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { isId } from '#lib/id.ts';
import { env } from '../env.ts';
import { checkCredentials, closeSession, openSession, SESSION_MS, SecondFactorNeeded } from './sign-in.ts';

/** Key material for one purpose from the one master key. */
const secretFor = (purpose: string): string =>
  Buffer.from(hkdfSync('sha256', Buffer.from(env().LINKFLOW_MASTER_KEY, 'hex'), '', purpose, 32)).toString(
    'hex',
  );

/** The form finds `code` in the answer. */
class CodeNeeded extends CredentialsSignin {
  constructor(wasWrong: boolean) {
    super();
    this.code = wasWrong ? 'second-factor-wrong' : 'second-factor';
  }
}

/**
 * The cookie holds only the id of a row in `session`, encrypted; every request looks the row up, so that signing out or
 * revoking works at once, which plain JWT sessions cannot do (and next-auth allows no other kind for passwords).
 */
const config = (): NextAuthConfig => ({
  secret: secretFor('next-auth'),
  trustHost: true,
  // said here, since a proxy that ends TLS need not say which protocol people use
  useSecureCookies: env().APP_URL.startsWith('https:'),
  session: { strategy: 'jwt', maxAge: SESSION_MS / 1000 },
  pages: { signIn: '/login' },
  providers: [
    Credentials({
      credentials: { email: {}, password: {}, code: {} },
      async authorize(input, request) {
        const user = await checkCredentials(input).catch((error: unknown) => {
          throw error instanceof SecondFactorNeeded ? new CodeNeeded(error.wasWrong) : error;
        });
        return user && { ...user, userAgent: request.headers.get('user-agent') ?? '' };
      },
    }),
  ],
  callbacks: {
    async jwt({ token, user }) {
      if (user?.id)
        return { sid: await openSession(user.id, String((user as { userAgent?: string }).userAgent ?? '')) };
      return token;
    },
    session({ session, token }) {
      return { ...session, sid: typeof token.sid === 'string' && isId(token.sid) ? token.sid : null };
    },
  },
  events: {
    async signOut(message) {
      const sid = 'token' in message ? message.token?.sid : undefined;
      if (typeof sid === 'string' && isId(sid)) await closeSession(sid);
    },
  },
  logger: { error: () => undefined }, // a refused password is no error of ours; the sign-in form says it
});

export const { handlers, auth } = NextAuth(config);
