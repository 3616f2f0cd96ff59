import { afterAll, expect, it } from 'vitest';
import { env } from '#server/env.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';

process.env.APP_URL = 'https://flow.example.com';
ownDatabase();
afterAll(() => {
  delete process.env.APP_URL;
});

const BASE = 'https://flow.example.com/api/auth';
const pairs = (response: Response) => response.headers.getSetCookie().map((one) => one.split(';')[0]!);

async function logIn(email: string) {
  const { handlers } = await import('#server/auth/next-auth.ts');
  const { NextRequest } = await import('next/server');
  const csrf = await handlers.GET(new NextRequest(`${BASE}/csrf`));
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return handlers.POST(
    new NextRequest(`${BASE}/callback/credentials`, {
      method: 'POST',
      headers: { cookie: pairs(csrf).join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken, email, password: 'correct horse battery' }).toString(),
    }),
  );
}

it('cookies belong to this host alone, and no script reads them', async () => {
  const ada = await createPerson('Ada');
  const cookies = (await logIn(ada.email)).headers.getSetCookie();
  const session = cookies.find((one) => one.startsWith('__Host-authjs.session-token='));
  expect(session).toBeDefined();
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/);
    for (const attribute of [/; ?Secure/i, /; ?HttpOnly/i, /; ?Path=\/(;|$)/i, /; ?SameSite=Lax/i])
      expect(cookie).toMatch(attribute);
    expect(cookie).not.toMatch(/domain=/i);
  }
});

it('a session outlives a change of the master key while the old one is listed, and no longer', async () => {
  const { handlers } = await import('#server/auth/next-auth.ts');
  const { NextRequest } = await import('next/server');
  const bob = await createPerson('Bob');
  const cookie = pairs(await logIn(bob.email)).join('; ');
  const session = async () =>
    (await (await handlers.GET(new NextRequest(`${BASE}/session`, { headers: { cookie } }))).json()) as {
      sid?: string;
    } | null;
  expect((await session())?.sid).toBeTruthy();
  const old = env().LINKFLOW_MASTER_KEY;
  try {
    env().LINKFLOW_MASTER_KEY = 'e'.repeat(64);
    env().LINKFLOW_PREVIOUS_MASTER_KEYS = [old];
    expect((await session())?.sid).toBeTruthy();
    env().LINKFLOW_PREVIOUS_MASTER_KEYS = [];
    expect((await session())?.sid).toBeFalsy();
  } finally {
    env().LINKFLOW_MASTER_KEY = old;
    env().LINKFLOW_PREVIOUS_MASTER_KEYS = [];
  }
});
