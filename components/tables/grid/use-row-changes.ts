'use client';
import { type InfiniteData, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import type { Table } from '#server/tables/schema.ts';
import type { Row } from '../export-rows.ts';
import type { RowSort } from './use-table-rows.ts';

interface Page {
  data: Row[];
  nextCursor: number | null;
}
type Pages = InfiniteData<Page>;
/** As many as the server takes at once. */
const DELETED_AT_ONCE = 1_000;

/** Writes rows, and keeps those in sight in step without asking for all of them again. */
export function useRowChanges(table: Table, queryKey: QueryKey, view: { filtered: boolean; order: RowSort }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // one after another: two changes of one cell must not overtake each other
  const scope = { id: `rows of ${table.id}` };
  const lists = trpc.tables.rows.pathKey();
  const options = { meta: { showsError: true }, scope };
  const update = useMutation(trpc.tables.updateRow.mutationOptions(options));
  const insert = useMutation(trpc.tables.addRows.mutationOptions(options));
  const remove = useMutation(trpc.tables.deleteRows.mutationOptions({ scope }));
  const changed = (change: (pages: Page[]) => Page[]) => (data: Pages | undefined) =>
    data && { ...data, pages: change(data.pages) };
  /** In every list of rows that is remembered: the filter may be another one by the time the server answers. */
  const edit = (change: (pages: Page[]) => Page[]) => {
    queryClient.setQueriesData<Pages>({ queryKey: lists }, changed(change));
    // which rows meet a filter may be different now: whoever comes back to a list asks again
    void queryClient.invalidateQueries({ queryKey: lists, refetchType: 'none' });
  };
  const patch = (rowId: number, change: Partial<Row>) =>
    edit((pages) =>
      pages.map((page) =>
        page.data.some(({ id }) => id === rowId)
          ? {
              ...page,
              data: page.data.map((row) => (row.id === rowId ? ({ ...row, ...change } as Row) : row)),
            }
          : page,
      ),
    );
  const counted = (by: number) => {
    queryClient.setQueryData(
      trpc.tables.get.queryKey({ id: table.id }),
      (known) => known && { ...known, rowCount: known.rowCount + by, updatedAt: new Date() },
    );
    void queryClient.invalidateQueries({ queryKey: trpc.tables.list.pathKey() });
  };
  return {
    /** Shows the values at once, and the old ones again when the server refuses. */
    async update(row: Row, values: Record<string, unknown>): Promise<void> {
      // a page that is on its way would bring the old value back
      await queryClient.cancelQueries({ queryKey: lists });
      patch(row.id, values);
      const only = (from: Row) => Object.fromEntries(Object.keys(values).map((name) => [name, from[name]]));
      try {
        const saved = await update.mutateAsync({ id: table.id, rowId: row.id, values });
        patch(row.id, { ...only(saved), updatedAt: saved.updatedAt });
      } catch (error) {
        patch(row.id, only(row));
        throw error;
      }
    },
    async add(values: Record<string, unknown>): Promise<Row> {
      const [row] = await insert.mutateAsync({ id: table.id, rows: [values] });
      if (!row) throw new Error('The server answers with the rows it added.');
      counted(1);
      void queryClient.invalidateQueries({ queryKey: lists, refetchType: 'none' });
      // whether it meets the filter only the server knows
      if (view.filtered) await queryClient.invalidateQueries({ queryKey });
      else
        queryClient.setQueryData<Pages>(
          queryKey,
          changed((pages) => withNew(pages, row, view.order)),
        );
      return row;
    },
    async remove(ids: readonly number[]): Promise<number> {
      let deleted = 0;
      try {
        for (let from = 0; from < ids.length; from += DELETED_AT_ONCE) {
          const some = new Set(ids.slice(from, from + DELETED_AT_ONCE));
          const answer = await remove.mutateAsync({ id: table.id, rowIds: [...some] });
          deleted += answer.deleted;
          edit((pages) =>
            pages.map((page) => ({ ...page, data: page.data.filter(({ id }) => !some.has(id)) })),
          );
        }
      } finally {
        counted(-deleted);
      }
      return deleted;
    },
    removing: remove.isPending,
    saving: update.isPending || insert.isPending,
  };
}
export type RowChanges = ReturnType<typeof useRowChanges>;

/** On top, or below the last one if that is loaded already. */
function withNew(pages: Page[], row: Row, order: RowSort): Page[] {
  return pages.map((page, i) => {
    if (order === 'newest') return i === 0 ? { ...page, data: [row, ...page.data] } : page;
    return i === pages.length - 1 && page.nextCursor === null ? { ...page, data: [...page.data, row] } : page;
  });
}
