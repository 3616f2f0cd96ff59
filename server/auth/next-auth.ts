import { hkdfSync } from 'node:crypto';
import { NextRequest } from 'next/server';
import NextAuth, { CredentialsSignin, type NextAuthConfig } from 'next-auth';
import { getToken } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { isId } from '#lib/id.ts';
import { type IdentityOutcome, meetIdentity } from '../accounts/identity-sign-in.ts';
import { env } from '../env.ts';
import { log } from '../log.ts';
import { masterKeys } from '../secrets/master-keys.ts';
import { nextAuthProviders, readProfile } from './providers.ts';
import {
  AccountBlocked,
  checkCredentials,
  checkSecondFactor,
  closeSession,
  findSession,
  openSession,
  SESSION_MS,
  SecondFactorNeeded,
  type Session,
} from './sign-in.ts';

/** Key material from the master key; that of older ones still reads the cookies that it made. */
const secrets = (): string[] =>
  masterKeys().map(({ bytes }) =>
    Buffer.from(hkdfSync('sha256', bytes, '', 'next-auth', 32)).toString('hex'),
  );

/** The form finds `code` in the answer. */
class Refused extends CredentialsSignin {
  constructor(code: 'second-factor' | 'second-factor-wrong' | 'blocked') {
    super();
    this.code = code;
  }
}

const asRefusal = (error: unknown): never => {
  if (error instanceof SecondFactorNeeded)
    throw new Refused(error.wasWrong ? 'second-factor-wrong' : 'second-factor');
  throw error instanceof AccountBlocked ? new Refused('blocked') : error;
};

/** Between an identity provider's word and the code of somebody with two-factor login. */
const CODE_MS = 10 * 60_000;

/** What the cookie holds: `sid`, a session; or `pending`, whose code is still to come, and `until` when (ms since 1970). */
type CookieToken = Record<string, unknown>;

const sessionIdOf = ({ sid }: CookieToken): string | null =>
  typeof sid === 'string' && isId(sid) ? sid : null;
const pendingUserOf = ({ pending, until }: CookieToken): string | null =>
  typeof pending === 'string' && typeof until === 'number' && until > Date.now() ? pending : null;

// said here, since a proxy that ends TLS need not say which protocol people use
const isSecure = () => env().APP_URL.startsWith('https:');

/** `__Host-`: no neighbour under the same domain can set it. */
const cookieName = (name: string): string => `${isSecure() ? '__Host-' : ''}authjs.${name}`;
const cookieOptions = () => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecure() });

const readCookie = (request: Request): Promise<CookieToken | null> =>
  getToken({ req: request, secret: secrets(), cookieName: cookieName('session-token') });

async function currentSession(request: Request | undefined): Promise<Session | null> {
  const token = request ? await readCookie(request) : null;
  const sid = token && sessionIdOf(token);
  return sid ? findSession(sid) : null;
}

/**
 * The cookie holds only the id of a row in `session`, encrypted; every request looks the row up, so that signing out or
 * revoking works at once, which plain JWT sessions cannot do (and next-auth allows no other kind for passwords). Made anew
 * for every request, so what one callback finds out is there for the next.
 */
function config(request: Request | undefined): NextAuthConfig {
  let outcome: IdentityOutcome | undefined;
  const userAgent = request?.headers.get('user-agent') ?? '';
  return {
    secret: secrets(),
    cookies: {
      sessionToken: { name: cookieName('session-token'), options: cookieOptions() },
      callbackUrl: { name: cookieName('callback-url'), options: cookieOptions() },
    },
    trustHost: true,
    useSecureCookies: isSecure(),
    session: { strategy: 'jwt', maxAge: SESSION_MS / 1000 },
    pages: { signIn: '/login', error: '/login' },
    providers: [
      Credentials({
        credentials: { email: {}, password: {}, code: {} },
        authorize: (input) => checkCredentials(input).catch(asRefusal),
      }),
      Credentials({
        id: 'second-factor',
        credentials: { code: {} },
        async authorize({ code }, itsRequest) {
          const token = await readCookie(itsRequest);
          const userId = token && pendingUserOf(token);
          if (!userId || typeof code !== 'string') return null;
          return checkSecondFactor(userId, code.slice(0, 40)).catch(asRefusal);
        },
      }),
      ...nextAuthProviders(),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (!account || account.type === 'credentials') return true;
        const proven = readProfile(account.provider, profile ?? {});
        if (!proven) return false;
        const current = await currentSession(request);
        outcome = await meetIdentity(proven, current);
        const way = new URLSearchParams({ way: account.provider });
        // an address instead of `true` leaves the cookie as it is
        if (outcome.state === 'connected')
          return `/account?${new URLSearchParams({ connected: account.provider })}`;
        if (outcome.state === 'in') return true;
        way.set(current ? 'problem' : 'error', outcome.problem);
        return `${current ? '/account' : '/login'}?${way}`;
      },
      async jwt({ token, user, account }) {
        if (!account || !user) return token;
        if (account.type === 'credentials') return { sid: await openSession(String(user.id), userAgent) };
        if (outcome?.state !== 'in') return null;
        if (outcome.asksCode) return { pending: outcome.userId, until: Date.now() + CODE_MS };
        const before = await currentSession(request);
        if (before) await closeSession(before.sessionId); // the browser forgets it now
        return { sid: await openSession(outcome.userId, userAgent) };
      },
      session({ session, token }) {
        return { ...session, sid: sessionIdOf(token), asksCode: pendingUserOf(token) !== null };
      },
    },
    events: {
      async signOut(message) {
        const sid = 'token' in message && message.token ? sessionIdOf(message.token) : null;
        if (sid) await closeSession(sid);
      },
    },
    logger: {
      error(error) {
        if (error instanceof CredentialsSignin) return; // a refused password is no error of ours; the form says it
        const cause = (error as { cause?: { err?: unknown } }).cause?.err;
        log.warn(
          { error: error.message, why: cause instanceof Error ? cause.message : undefined },
          'signing in did not work',
        );
      },
    },
  };
}

const nextAuth = NextAuth(config);
export const { auth } = nextAuth;

const OWN = /^\/api\/auth\/(?:signin|callback)\/(?!credentials$|second-factor$)./;

/** Providers send people back to the one address that they know, however this request came here. */
function atPublicAddress(request: NextRequest): NextRequest {
  const { pathname, search } = request.nextUrl;
  if (!OWN.test(pathname)) return request;
  return new NextRequest(new URL(pathname + search, env().APP_URL), request);
}

export const handlers = {
  GET: (request: NextRequest) => nextAuth.handlers.GET(atPublicAddress(request)),
  POST: (request: NextRequest) => nextAuth.handlers.POST(atPublicAddress(request)),
};
