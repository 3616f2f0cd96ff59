'use client';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { cn } from '#lib/cn.ts';

interface Props<Row> {
  /** What useInfiniteQuery of a cursor list gives. */
  list: {
    data: { pages: { data: Row[] }[] } | undefined;
    error: unknown;
    isPlaceholderData: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
    refetch: () => unknown;
  };
  /** Accessible name: "People". */
  label: string;
  icon: ReactNode;
  children: (row: Row) => ReactNode;
}

/** Rows of a cursor list in a card, with a button for more. */
export function PagedList<Row>({ list, label, icon, children }: Props<Row>) {
  if (list.error) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data)
    return (
      <Card>
        <ListSkeleton label={`Loading ${label.toLowerCase()}`} />
      </Card>
    );
  const rows = list.data.pages.flatMap((page) => page.data);
  return (
    <div className="flex flex-col gap-3">
      <Card className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        {rows.length === 0 ? (
          <EmptyState icon={icon} title="Nothing found" />
        ) : (
          <ul aria-label={label} className="divide-y divide-border">
            {rows.map(children)}
          </ul>
        )}
      </Card>
      {list.hasNextPage ? (
        <Button
          className="self-center"
          pending={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </div>
  );
}
