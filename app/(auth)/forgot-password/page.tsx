import type { Metadata } from 'next';
import { AuthCard, AuthLink } from '#components/auth/auth-card.tsx';
import { ForgotPasswordForm } from '#components/auth/forgot-password-form.tsx';

export const metadata: Metadata = { title: 'Forgotten password' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Query }) {
  const { email } = await searchParams;
  return (
    <AuthCard
      title="Forgotten password"
      description="We mail you a link to choose a new one."
      footer={<AuthLink href="/login">Back to log in</AuthLink>}
    >
      <ForgotPasswordForm email={typeof email === 'string' ? email : undefined} />
    </AuthCard>
  );
}
