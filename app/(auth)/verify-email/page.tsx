import type { Metadata } from 'next';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { VerifyEmail } from '#components/auth/verify-email.tsx';

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'no-referrer' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function VerifyEmailPage({ searchParams }: { searchParams: Query }) {
  const { token } = await searchParams;
  return (
    <AuthCard title="Confirm your address" description="One click, and we know that it is yours.">
      <VerifyEmail token={typeof token === 'string' ? token : ''} />
    </AuthCard>
  );
}
