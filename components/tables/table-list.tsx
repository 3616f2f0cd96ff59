'use client';
import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { cn } from '#lib/cn.ts';
import type { Table } from '#server/tables/schema.ts';
import { NoTables } from './no-tables.tsx';
import { TABLE_COLUMNS, TableRow } from './table-row.tsx';

export function TableList({ onCreate }: { onCreate: () => void }) {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const tables = useQuery(trpc.tables.list.queryOptions());
  if (tables.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading tables" />
      </Card>
    );
  }
  if (!tables.data) return <QueryError error={tables.error} onRetry={() => tables.refetch()} />;
  const all = tables.data.data;
  if (all.length === 0) return <NoTables onCreate={onCreate} />;
  const shown = all.filter((table) => matches(table, search));
  return (
    <div className="flex flex-col gap-3">
      <SearchInput
        label="Search tables"
        value={search}
        onValueChange={setSearch}
        className="w-full sm:w-72"
      />
      <Card aria-label="Tables">
        {shown.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title={`No table matches “${search.trim()}”`}
            actions={<Button onClick={() => setSearch('')}>Clear the search</Button>}
          />
        ) : (
          <>
            <div
              aria-hidden="true"
              className={cn(
                TABLE_COLUMNS,
                'hidden border-b border-border px-4 py-2 text-xs font-medium text-foreground-subtle md:grid',
              )}
            >
              <span>Name and columns</span>
              <span className="text-right">Rows</span>
              <span>Changed</span>
            </div>
            <ul className="divide-y divide-border">
              {shown.map((table) => (
                <TableRow key={table.id} table={table} />
              ))}
            </ul>
          </>
        )}
      </Card>
    </div>
  );
}

/** By its name, or by that of a column. */
function matches({ name, columns }: Table, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [name, ...columns.map((column) => column.name)].some((text) => text.toLowerCase().includes(wanted));
}
