import { redirect } from 'next/navigation';
import { LandingPage } from '#components/landing/landing-page.tsx';
import { NoWorkspaces } from '#components/workspaces/no-workspaces.tsx';
import { getMe } from '#server/accounts/queries.ts';
import { getSession } from '#server/auth/session.ts';
import { isBillingConfigured } from '#server/billing/gateway.ts';

export default async function StartPage() {
  const session = await getSession();
  if (!session) return <LandingPage sells={isBillingConfigured()} />;
  const [first] = (await getMe(session)).workspaces;
  if (first) redirect(`/w/${first.id}/workflows`);
  return <NoWorkspaces name={session.user.name} />;
}
