'use client';
import { useQuery } from '@tanstack/react-query';
import { AuthLink } from '#components/auth/auth-card.tsx';
import { useTRPC } from '#components/trpc/client.tsx';

/** Leads to what one has deleted; nothing at all where there is nothing. */
export function DeletedLink() {
  const { data = [] } = useQuery(useTRPC().workspaces.listDeleted.queryOptions());
  if (data.length === 0) return null;
  return (
    <p className="text-center text-foreground-muted text-ui">
      <AuthLink href="/deleted-workspaces">
        {data.length === 1 ? 'One deleted workspace' : `${data.length} deleted workspaces`}
      </AuthLink>{' '}
      can be restored.
    </p>
  );
}
