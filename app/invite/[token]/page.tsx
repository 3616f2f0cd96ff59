import type { Metadata } from 'next';
import { InvitationCard } from '#components/auth/invitation-card.tsx';
import { getSession } from '#server/auth/session.ts';

/** The token is a secret: it must not travel to other sites as a referrer. */
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const [{ token }, session] = await Promise.all([params, getSession()]);
  return <InvitationCard token={token} signedInAs={session?.user.email ?? null} />;
}
