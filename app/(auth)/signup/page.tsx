import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard, AuthLink } from '#components/auth/auth-card.tsx';
import { ProviderButtons } from '#components/auth/provider-buttons.tsx';
import { safeNext } from '#components/auth/safe-next.ts';
import { SignUpForm } from '#components/auth/sign-up-form.tsx';
import { signInWays } from '#server/auth/providers.ts';
import { getSession } from '#server/auth/session.ts';

export const metadata: Metadata = { title: 'Create an account' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SignUpPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  if (await getSession()) redirect(next);
  const email = typeof query.email === 'string' ? query.email : undefined;
  const kept = new URLSearchParams({ ...(next !== '/' && { next }), ...(email && { email }) }).toString();
  return (
    <AuthCard
      title="Create your account"
      description="Your first workspace is ready right after."
      footer={
        <>
          Have an account? <AuthLink href={`/login${kept ? `?${kept}` : ''}`}>Log in</AuthLink>
        </>
      }
    >
      <ProviderButtons ways={signInWays()} next={next} />
      <SignUpForm next={next} email={email} />
    </AuthCard>
  );
}
