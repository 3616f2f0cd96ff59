import { cache } from 'react';
import { auth } from './next-auth.ts';
import { findSession, type Session } from './sign-in.ts';

/** The signed-in user of the current request (pages and route handlers), or null; asked once per request. */
export const getSession = cache(async (): Promise<Session | null> => {
  const cookie = (await auth()) as { sid?: string | null } | null;
  return cookie?.sid ? findSession(cookie.sid) : null;
});
