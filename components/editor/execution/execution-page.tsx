'use client';

import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { CanvasSkeleton } from '../canvas-skeleton.tsx';

const ExecutionView = dynamic(() => import('./execution-view.tsx').then((m) => m.ExecutionView), {
  ssr: false,
  loading: CanvasSkeleton,
});

export function ExecutionPage({ executionId }: { executionId: string }) {
  const trpc = useTRPC();
  const path = useWorkspacePath();
  const { data, error } = useQuery(
    trpc.executions.replay.queryOptions(
      { id: executionId },
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
    ),
  );
  if (error) {
    return (
      <EmptyState
        className="m-auto"
        icon={<History />}
        title={
          errorCode(error) === 'NOT_FOUND'
            ? 'This execution does not exist'
            : 'The execution could not be loaded'
        }
        actions={
          <Button asChild>
            <Link href={path('executions')}>All executions</Link>
          </Button>
        }
      >
        {errorCode(error) === 'NOT_FOUND'
          ? 'It was cleaned up, or it belongs to another workspace.'
          : errorMessage(error)}
      </EmptyState>
    );
  }
  return data ? <ExecutionView replay={data} /> : <CanvasSkeleton />;
}
