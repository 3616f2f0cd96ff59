import type { Metadata } from 'next';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { OAuthCallback } from '#components/credentials/oauth-callback.tsx';
import { getSession } from '#server/auth/session.ts';

/** The address holds a code: it must not travel to other sites as a referrer. */
export const metadata: Metadata = { title: 'Connect', referrer: 'no-referrer' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function OAuthCallbackPage({ searchParams }: { searchParams: Query }) {
  const [query, session] = await Promise.all([searchParams, getSession()]);
  const one = (name: string) => [query[name]].flat()[0]?.slice(0, 4000) || undefined;
  const state = one('state');
  if (!session)
    return (
      <AuthCard title="You are not signed in">
        <p className="text-foreground-muted text-ui">
          Nothing was connected. Log in to LinkFlow in this browser, then choose Connect again.
        </p>
      </AuthCard>
    );
  if (!state)
    return (
      <AuthCard title="There is nothing to connect">
        <p className="text-foreground-muted text-ui">
          Providers lead back to this page. Choose Connect at a credential to get to them.
        </p>
      </AuthCard>
    );
  return (
    <OAuthCallback
      answer={{
        state,
        code: one('code') ?? one('oauth_verifier'),
        token: one('oauth_token')?.slice(0, 1000),
        error: one('error')?.slice(0, 200),
        errorDescription: one('error_description')?.slice(0, 1000),
      }}
    />
  );
}
