import { cache } from 'react';
import { auth } from './next-auth.ts';
import { findSession, type Session } from './sign-in.ts';

const getCookie = cache(async () => (await auth()) as { sid?: string | null; asksCode?: boolean } | null);

/** The signed-in user of the current request (pages and route handlers), or null; asked once per request. */
export const getSession = cache(async (): Promise<Session | null> => {
  const cookie = await getCookie();
  return cookie?.sid ? findSession(cookie.sid) : null;
});

/** Whether an identity provider has vouched for them, and the code of two-factor login is still to come. */
export const asksCode = async (): Promise<boolean> => (await getCookie())?.asksCode === true;
