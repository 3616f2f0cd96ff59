'use client';
import { useQuery } from '@tanstack/react-query';
import { LiveMark } from '#components/executions/live-mark.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { cn } from '#lib/cn.ts';
import { GROUP_COLUMNS, GroupRow } from './group-row.tsx';
import { NoDeadLetters } from './no-dead-letters.tsx';
import { useArrowKeys } from './use-arrow-keys.ts';
import type { Bulk } from './use-bulk.ts';
import type { DeadLetterView } from './use-dead-letter-view.ts';
import { useFailureNotices } from './use-failure-notices.ts';

interface Props {
  workflowId: string | undefined;
  hrefOf: (view: DeadLetterView) => string;
  bulk: Bulk;
  onClear: () => void;
}

/** What fails, the most frequent first. */
export function GroupList({ workflowId, hrefOf, bulk, onClear }: Props) {
  const trpc = useTRPC();
  const groups = useQuery(trpc.deadLetters.groups.queryOptions());
  const live = useFailureNotices(workflowId);
  const onKeyDown = useArrowKeys();
  if (groups.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading what failed" />
      </Card>
    );
  }
  // one refetch that fails must not take the list away
  if (!groups.data) return <QueryError error={groups.error} onRetry={() => groups.refetch()} />;
  const shown = groups.data.data
    .filter((group) => !workflowId || group.workflowId === workflowId)
    .sort((a, b) => b.count - a.count || b.newestAt.getTime() - a.newestAt.getTime());
  return (
    <>
      <Card>
        {shown.length === 0 ? (
          <NoDeadLetters filtered={workflowId !== undefined} onClear={onClear} />
        ) : (
          <>
            <div
              aria-hidden="true"
              className={cn(
                GROUP_COLUMNS,
                'hidden border-b border-border px-4 py-2 text-xs font-medium text-foreground-subtle lg:grid',
              )}
            >
              <span>Workflow and error</span>
              <span className="text-right">Executions</span>
              <span>Newest</span>
            </div>
            <ul className="divide-y divide-border" onKeyDown={onKeyDown}>
              {shown.map((group) => (
                <GroupRow
                  key={`${group.workflowId} ${group.kind} ${group.message}`}
                  group={group}
                  href={hrefOf({ view: 'list', workflowId: group.workflowId, message: group.message })}
                  bulk={bulk}
                />
              ))}
            </ul>
          </>
        )}
      </Card>
      <LiveMark live={live} />
    </>
  );
}
