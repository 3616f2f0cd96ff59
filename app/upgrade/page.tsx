import { redirect } from 'next/navigation';
import { getMe } from '#server/accounts/queries.ts';
import { getSession } from '#server/auth/session.ts';
import { billingIntervalSchema } from '#server/plans/schema.ts';

type Query = Promise<Record<string, string | string[] | undefined>>;

/** From the prices to the plans of one's first workspace in which one may choose one. */
export default async function UpgradePage({ searchParams }: { searchParams: Query }) {
  const interval = billingIntervalSchema.safeParse((await searchParams).interval).data ?? 'month';
  const session = await getSession();
  if (!session) redirect(`/login?${new URLSearchParams({ next: `/upgrade?interval=${interval}` })}`);
  const { workspaces } = await getMe(session);
  const mine = workspaces.find(({ role }) => role === 'owner' || role === 'admin') ?? workspaces[0];
  redirect(mine ? `/w/${mine.id}/billing?interval=${interval}` : '/');
}
