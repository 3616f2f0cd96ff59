import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PlainFrame } from '#components/account/plain-frame.tsx';
import { DeletedWorkspaces } from '#components/workspaces/deleted-workspaces.tsx';
import { getMe } from '#server/accounts/queries.ts';
import { getSession } from '#server/auth/session.ts';

export const metadata: Metadata = { title: 'Deleted workspaces' };

export default async function DeletedWorkspacesPage() {
  const session = await getSession();
  if (!session) redirect('/login?next=/deleted-workspaces');
  return (
    <PlainFrame me={await getMe(session)}>
      <DeletedWorkspaces />
    </PlainFrame>
  );
}
