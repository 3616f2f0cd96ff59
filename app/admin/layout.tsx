import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { AdminFrame } from '#components/admin/admin-frame.tsx';
import { SignInRedirect } from '#components/auth/sign-in-redirect.tsx';
import { getMe } from '#server/accounts/queries.ts';
import { getSession } from '#server/auth/session.ts';

/** The procedures behind the pages refuse others again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const session = await getSession();
  if (!session) return <SignInRedirect />;
  if (!session.user.isAdmin) notFound();
  return <AdminFrame me={await getMe(session)}>{children}</AdminFrame>;
}
