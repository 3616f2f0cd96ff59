import type { Metadata } from 'next';
import { AuthCard, AuthLink } from '#components/auth/auth-card.tsx';
import { ResetPasswordForm } from '#components/auth/reset-password-form.tsx';

// the address holds a secret: no other site may learn it
export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function ResetPasswordPage({ searchParams }: { searchParams: Query }) {
  const { token } = await searchParams;
  return (
    <AuthCard
      title="New password"
      description="Other browsers are logged out when you choose it."
      footer={<AuthLink href="/forgot-password">Ask for another link</AuthLink>}
    >
      <ResetPasswordForm token={typeof token === 'string' ? token : ''} />
    </AuthCard>
  );
}
