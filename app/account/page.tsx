import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AccountPage } from '#components/account/account-page.tsx';
import { PlainFrame } from '#components/account/plain-frame.tsx';
import { getMe } from '#server/accounts/queries.ts';
import { getSession } from '#server/auth/session.ts';

export const metadata: Metadata = { title: 'Your account' };

type Query = Promise<Record<string, string>>;

/** The same page as inside a workspace, for those who are in none; others are led there. */
export default async function PlainAccountPage({ searchParams }: { searchParams: Query }) {
  const query = new URLSearchParams(await searchParams).toString();
  const session = await getSession();
  if (!session) redirect(`/login?${new URLSearchParams({ next: '/account' })}`);
  const me = await getMe(session);
  const [first] = me.workspaces;
  if (first) redirect(`/w/${first.id}/account${query ? `?${query}` : ''}`);
  return (
    <PlainFrame me={me}>
      <AccountPage />
    </PlainFrame>
  );
}
