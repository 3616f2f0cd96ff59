'use client';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#lib/cn.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { EmptyState } from './empty-state.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { QueryError } from './query-error.tsx';

/** What the frame needs of an infinite query whose pages hold `data`. */
interface Pages<T> {
  data: { pages: readonly { data: readonly T[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  isPlaceholderData: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface PagedListProps<T> {
  list: Pages<T>;
  /** What it lists, for those who hear it: “Files”. */
  label: string;
  /** Search and filters, above the list. */
  toolbar?: ReactNode;
  /** What keeps rows out at the moment; null: nothing does, so an empty list is really empty. */
  filter?: { noMatch: string; clear: () => void } | null;
  /** In place of all the rest while there is nothing at all. */
  empty: ReactNode;
  /** Classes of the grid that the rows have too, and what stands over its columns. */
  columns?: { className: string; heads: ReactNode };
  row: (item: T) => ReactNode;
  className?: string | false;
}

/** The frame of a list that grows by pages, and may be searched: while it loads, fails, is empty, finds nothing, goes on. */
export function PagedList<T>({
  list,
  label,
  toolbar,
  filter = null,
  empty,
  columns,
  row,
  className,
}: PagedListProps<T>) {
  if (list.isPending)
    return (
      <Card>
        <ListSkeleton label={`Loading ${label.toLowerCase()}`} />
      </Card>
    );
  if (!list.data) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.data);
  if (items.length === 0 && !filter) return empty;
  return (
    <div className="flex flex-col gap-3">
      {toolbar}
      <Card
        aria-label={columns && label}
        className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60', className)}
      >
        {items.length === 0 && filter ? (
          <EmptyState
            icon={<SearchX />}
            title={filter.noMatch}
            actions={<Button onClick={filter.clear}>Clear the search</Button>}
          />
        ) : (
          <>
            {columns ? (
              <div
                aria-hidden="true"
                className={cn(
                  columns.className,
                  'hidden border-border border-b px-4 py-2 font-medium text-foreground-subtle text-xs md:grid',
                )}
              >
                {columns.heads}
              </div>
            ) : null}
            <ul aria-label={columns ? undefined : label} className="divide-y divide-border">
              {items.map(row)}
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
          Show more
        </Button>
      ) : null}
    </div>
  );
}
