'use client';
import Link from 'next/link';
import { NodeIcon } from '#components/editor/node-icon.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { Table } from '#server/tables/schema.ts';
import { exactCount } from './row-words.ts';
import { TableMenu } from './table-menu.tsx';

/** Shared by the head of the list and its rows. */
export const TABLE_COLUMNS = 'gap-x-6 md:grid-cols-[minmax(0,1fr)_6rem_6rem_2rem] md:items-center';

const TABLE_ICON = { icon: 'table', color: 'cyan' } as const;

export function TableRow({ table }: { table: Table }) {
  const path = useWorkspacePath();
  const columns = table.columns.map(({ name }) => name).join(' · ');
  return (
    <li
      className={cn(
        TABLE_COLUMNS,
        'relative flex flex-wrap items-center gap-y-1 px-4 py-3 transition-colors first:rounded-t-xl last:rounded-b-xl hover:bg-muted/60 max-md:gap-x-1 md:grid',
      )}
    >
      <div className="flex w-full min-w-0 items-center gap-3 pr-8 md:pr-0">
        <NodeIcon definition={TABLE_ICON} />
        <div className="min-w-0">
          <Link
            href={path(`tables/${table.id}`)}
            className="block truncate text-sm font-medium outline-offset-4 after:absolute after:inset-0"
          >
            {table.name}
          </Link>
          <p className="truncate text-xs text-foreground-muted" title={columns}>
            {columns || 'No columns yet'}
          </p>
        </div>
      </div>
      <p className="text-xs text-foreground-muted tabular-nums max-md:pl-11 md:text-right">
        {exactCount(table.rowCount)}
        <span className="md:sr-only"> {table.rowCount === 1 ? 'row' : 'rows'}</span>
      </p>
      <p className="text-xs text-foreground-muted">
        <span className="md:hidden">· changed </span>
        <RelativeTime date={table.updatedAt} />
      </p>
      <div className="absolute top-3 right-2 md:static md:-mr-1">
        <TableMenu table={table} />
      </div>
    </li>
  );
}
