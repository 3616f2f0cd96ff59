import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard, AuthLink } from '#components/auth/auth-card.tsx';
import { LoginForm } from '#components/auth/login-form.tsx';
import { ProviderButtons } from '#components/auth/provider-buttons.tsx';
import { safeNext } from '#components/auth/safe-next.ts';
import { SignInProblem } from '#components/auth/sign-in-problem.tsx';
import { signInWays } from '#server/auth/providers.ts';
import { getSession } from '#server/auth/session.ts';

export const metadata: Metadata = { title: 'Log in' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function LoginPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  if (await getSession()) redirect(query.error ? '/account?problem=failed' : next);
  const ways = signInWays();
  const email = typeof query.email === 'string' ? query.email : undefined;
  const kept = new URLSearchParams({ ...(next !== '/' && { next }), ...(email && { email }) }).toString();
  return (
    <AuthCard
      title="Welcome back"
      description="Log in to your workspaces."
      footer={
        <>
          New to LinkFlow? <AuthLink href={`/signup${kept ? `?${kept}` : ''}`}>Create an account</AuthLink>
        </>
      }
    >
      <SignInProblem problem={query.error} way={query.way} ways={ways} />
      <ProviderButtons ways={ways} next={next} />
      <LoginForm next={next} email={email} />
    </AuthCard>
  );
}
