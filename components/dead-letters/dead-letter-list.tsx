'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { LiveMark } from '#components/executions/live-mark.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { DeadLetterFilter } from '#server/dead-letters/schema.ts';
import { DeadLetterRow } from './dead-letter-row.tsx';
import { NoDeadLetters } from './no-dead-letters.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useArrowKeys } from './use-arrow-keys.ts';
import type { Bulk } from './use-bulk.ts';
import { useFailureNotices } from './use-failure-notices.ts';
import { useSelection } from './use-selection.ts';

interface Props {
  filter: DeadLetterFilter;
  bulk: Bulk;
  onClear: () => void;
}

/** One by one, newest first. */
export function DeadLetterList({ filter, bulk, onClear }: Props) {
  const trpc = useTRPC();
  const may = useMay();
  const list = useInfiniteQuery({
    ...trpc.deadLetters.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const executions = list.data?.pages.flatMap((page) => page.data) ?? [];
  const selection = useSelection(executions.map(({ id }) => id));
  const selecting = selection.ids.length > 0;
  const live = useFailureNotices(filter.workflowId, selecting);
  const moveBetweenRows = useArrowKeys();
  if (list.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading what failed" />
      </Card>
    );
  }
  if (!list.data) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  if (executions.length === 0) {
    return (
      <Card>
        <NoDeadLetters
          filtered={filter.workflowId !== undefined || filter.message !== undefined}
          onClear={onClear}
        />
      </Card>
    );
  }
  return (
    <>
      <Card
        className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60')}
        onKeyDown={(event) => {
          // a menu or dialog of the list is not in it, yet its keys come up here
          if (!event.currentTarget.contains(event.target as Node)) return;
          if (event.key === 'Escape') selection.clear();
          else moveBetweenRows(event);
        }}
      >
        <SelectionBar
          selection={selection}
          listed={executions.length}
          hasMore={list.hasNextPage}
          bulk={bulk}
        />
        <ul className="divide-y divide-border">
          {executions.map((execution) => (
            <DeadLetterRow key={execution.id} execution={execution} selection={selection} />
          ))}
        </ul>
      </Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        {selecting ? (
          <span className="text-xs text-foreground-subtle">Holds still while you select</span>
        ) : (
          <LiveMark live={live} />
        )}
        {may.edit ? (
          <span className="hidden items-center gap-1.5 text-xs text-foreground-subtle md:flex">
            <Kbd keys="up" /> <Kbd keys="down" /> from row to row, <Kbd keys="shift" /> selects a range,{' '}
            <Kbd keys="esc" /> none
          </span>
        ) : null}
        {list.hasNextPage ? (
          <Button pending={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            Load more
          </Button>
        ) : null}
      </div>
    </>
  );
}
