'use client';
import { useQuery } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { GridSkeleton } from './grid/grid-skeleton.tsx';
import { TableView } from './table-view.tsx';

export function TablePage({ tableId }: { tableId: string }) {
  const trpc = useTRPC();
  const path = useWorkspacePath();
  const { data, error } = useQuery(trpc.tables.get.queryOptions({ id: tableId }));
  if (data) return <TableView table={data} />;
  if (!error) return <GridSkeleton bar />;
  const gone = ['NOT_FOUND', 'BAD_REQUEST'].includes(errorCode(error) ?? '');
  return (
    <EmptyState
      className="m-auto"
      icon={<Table2 />}
      title={gone ? 'This table does not exist' : 'The table could not be loaded'}
      actions={
        <Button asChild>
          <Link href={path('tables')}>All tables</Link>
        </Button>
      }
    >
      {gone ? 'It was deleted, or it belongs to another workspace.' : errorMessage(error)}
    </EmptyState>
  );
}
