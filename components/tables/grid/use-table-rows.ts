'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import type { RowFilter } from '#server/tables/schema.ts';

export type RowSort = 'newest' | 'oldest';
const PAGE_SIZE = 200;
/** Coming back to the tab refreshes only what is cheap to ask again. */
const FEW_PAGES = 3;

/** The rows that are loaded so far, and how to get more. */
export function useTableRows(id: string, filter: RowFilter, order: RowSort) {
  const trpc = useTRPC();
  const input = { id, filter, order, limit: PAGE_SIZE };
  const query = useInfiniteQuery({
    ...trpc.tables.rows.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= FEW_PAGES,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  return { query, rows, queryKey: trpc.tables.rows.infiniteQueryKey(input) };
}
