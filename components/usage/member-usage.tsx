'use client';
import { useQuery } from '@tanstack/react-query';
import { Avatar } from '#components/layout/avatar.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';

/** Whose workflows used how much. */
export function MemberUsageCard() {
  const trpc = useTRPC();
  const members = useQuery(trpc.usage.byMember.queryOptions());
  return (
    <Card>
      <CardHeader
        title="By member"
        description="Whoever called the API, or else published what was started."
      />
      {members.isPending ? (
        <ListSkeleton label="Loading members" />
      ) : !members.data ? (
        <QueryError error={members.error} onRetry={() => members.refetch()} />
      ) : members.data.length === 0 ? (
        <p className="px-5 pb-5 text-foreground-muted text-ui">
          Nobody’s workflows have run by themselves this month.
        </p>
      ) : (
        <ul className="divide-y divide-border border-border border-t">
          {members.data.map(({ userId, name, executions }) => (
            <li key={userId ?? 'nobody'} className="flex items-center gap-3 px-5 py-2.5 text-ui">
              <Avatar name={name ?? '?'} seed={userId ?? 'nobody'} className="size-6 text-[10px]" />
              <span className="min-w-0 flex-1 truncate">
                {name ?? (userId === null ? 'Nobody in particular' : 'Somebody who has left')}
              </span>
              <span className="text-foreground-muted tabular-nums">{executions.toLocaleString('en')}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
