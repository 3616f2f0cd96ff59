'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useExecutionNotices } from '#components/executions/use-execution-notices.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useDebounced } from '#components/ui/use-debounced.ts';
import { cn } from '#lib/cn.ts';
import { NoWorkflows } from './no-workflows.tsx';
import { WORKFLOW_COLUMNS, WorkflowRow } from './workflow-row.tsx';

export function WorkflowList({ onImport }: { onImport: () => void }) {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search.trim());
  const list = useInfiniteQuery({
    ...trpc.workflows.list.infiniteQueryOptions(
      { search: wanted || undefined },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  useExecutionNotices({}, [trpc.workflows.list.pathKey()]);

  if (list.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading workflows" />
      </Card>
    );
  }
  if (list.isError) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  const workflows = list.data.pages.flatMap((page) => page.data);
  if (workflows.length === 0 && !wanted && !search) return <NoWorkflows onImport={onImport} />;
  return (
    <div className="flex flex-col gap-3">
      <SearchInput
        label="Search workflows"
        value={search}
        onValueChange={setSearch}
        className="w-full sm:w-72"
      />
      <Card className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        {workflows.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title={`No workflow matches “${wanted}”`}
            actions={<Button onClick={() => setSearch('')}>Clear the search</Button>}
          />
        ) : (
          <>
            <div
              aria-hidden="true"
              className={cn(
                WORKFLOW_COLUMNS,
                'hidden border-b border-border px-4 py-2 text-xs font-medium text-foreground-subtle md:grid',
              )}
            >
              <span>Name</span>
              <span>Status</span>
              <span>Last run</span>
              <span>Changed</span>
            </div>
            <ul className="divide-y divide-border">
              {workflows.map((workflow) => (
                <WorkflowRow key={workflow.id} workflow={workflow} />
              ))}
            </ul>
          </>
        )}
      </Card>
      {list.hasNextPage ? (
        <Button
          className="self-center"
          pending={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
    </div>
  );
}
