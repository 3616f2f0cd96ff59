'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { MemberRow } from './member-row.tsx';

export function MemberList() {
  const trpc = useTRPC();
  const members = useQuery(trpc.members.list.queryOptions());
  if (members.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading members" />
      </Card>
    );
  }
  if (members.isError) return <QueryError error={members.error} onRetry={() => members.refetch()} />;
  const owners = members.data.filter(({ role }) => role === 'owner').length;
  return (
    <Card aria-label="Members">
      <ul className="divide-y divide-border">
        {members.data.map((member) => (
          <MemberRow
            key={member.userId}
            member={member}
            isLastOwner={member.role === 'owner' && owners === 1}
          />
        ))}
      </ul>
    </Card>
  );
}
