'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Activity, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import { EXECUTION_COLUMNS, ExecutionRow } from './execution-row.tsx';
import { LiveMark } from './live-mark.tsx';
import type { ExecutionFilter } from './use-execution-filter.ts';
import { useExecutionNotices } from './use-execution-notices.ts';

export function ExecutionList({ filter, onClear }: { filter: ExecutionFilter; onClear: () => void }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery({
    ...trpc.executions.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const live = useExecutionNotices({ workflowId: filter.workflowId }, [trpc.executions.list.pathKey()]);
  if (list.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading executions" />
      </Card>
    );
  }
  if (list.isError) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  const executions = list.data.pages.flatMap((page) => page.data);
  return (
    <>
      <Card className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        {executions.length === 0 ? (
          <NoExecutions filtered={Boolean(filter.workflowId || filter.status)} onClear={onClear} />
        ) : (
          <>
            <div
              aria-hidden="true"
              className={cn(
                EXECUTION_COLUMNS,
                'hidden border-b border-border px-4 py-2 text-xs font-medium text-foreground-subtle lg:grid',
              )}
            >
              <span>Status</span>
              <span>Workflow</span>
              <span>Started by</span>
              <span>Started</span>
              <span>Took</span>
            </div>
            <ul className="divide-y divide-border">
              {executions.map((execution) => (
                <ExecutionRow key={execution.id} execution={execution} />
              ))}
            </ul>
          </>
        )}
      </Card>
      <div className="flex items-center justify-between gap-3">
        <LiveMark live={live} />
        {list.hasNextPage ? (
          <Button pending={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            Load more
          </Button>
        ) : null}
      </div>
    </>
  );
}

function NoExecutions({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const path = useWorkspacePath();
  if (filtered) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No execution matches"
        actions={<Button onClick={onClear}>Clear the filters</Button>}
      >
        Nothing ran with this workflow and status.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Activity />}
      title="Nothing has run yet"
      actions={
        <Button asChild variant="primary">
          <Link href={path('workflows')}>Go to workflows</Link>
        </Button>
      }
    >
      Open a workflow and press Run, or activate it and let its trigger do so. Each run appears here at once,
      with the data that went in and out of every step.
    </EmptyState>
  );
}
