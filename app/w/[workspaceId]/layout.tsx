import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { SignInRedirect } from '#components/auth/sign-in-redirect.tsx';
import { WorkspaceFrame } from '#components/workspaces/workspace-frame.tsx';
import { getMe } from '#server/accounts/queries.ts';
import { getSession } from '#server/auth/session.ts';

interface Props {
  params: Promise<{ workspaceId: string }>;
  children: ReactNode;
}

export default async function WorkspaceLayout({ params, children }: Props) {
  const [{ workspaceId }, session] = await Promise.all([params, getSession()]);
  if (!session) return <SignInRedirect />;
  const me = await getMe(session);
  if (!me.workspaces.some(({ id }) => id === workspaceId)) notFound();
  return (
    <WorkspaceFrame me={me} workspaceId={workspaceId}>
      {children}
    </WorkspaceFrame>
  );
}
