import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard, AuthLink } from '#components/auth/auth-card.tsx';
import { LoginForm } from '#components/auth/login-form.tsx';
import { safeNext } from '#components/auth/safe-next.ts';
import { getSession } from '#server/auth/session.ts';

export const metadata: Metadata = { title: 'Log in' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function LoginPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  if (await getSession()) redirect(next);
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
      <LoginForm next={next} email={email} />
    </AuthCard>
  );
}
