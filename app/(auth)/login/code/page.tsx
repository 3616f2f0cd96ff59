import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard, AuthLink } from '#components/auth/auth-card.tsx';
import { CodeForm } from '#components/auth/code-form.tsx';
import { safeNext } from '#components/auth/safe-next.ts';
import { asksCode, getSession } from '#server/auth/session.ts';

export const metadata: Metadata = { title: 'Enter the code' };

type Query = Promise<Record<string, string | string[] | undefined>>;

/** Where identity providers lead to: on to the wanted page, or first to the code of two-factor login. */
export default async function CodePage({ searchParams }: { searchParams: Query }) {
  const next = safeNext((await searchParams).next);
  if (await getSession()) redirect(next);
  if (!(await asksCode())) redirect(`/login?${new URLSearchParams({ next })}`);
  return (
    <AuthCard
      title="Enter the code"
      description="Two-factor login is on for your account."
      footer={<AuthLink href="/login">Log in another way</AuthLink>}
    >
      <CodeForm next={next} />
    </AuthCard>
  );
}
