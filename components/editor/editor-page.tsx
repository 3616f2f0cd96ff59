'use client';

import { useQuery } from '@tanstack/react-query';
import { Workflow } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { CanvasSkeleton } from './canvas-skeleton.tsx';

// The canvas measures the page and code editors need the DOM: nothing of it is worth rendering on the server.
const Editor = dynamic(() => import('./editor.tsx').then((m) => m.Editor), {
  ssr: false,
  loading: CanvasSkeleton,
});

export function EditorPage({ workflowId }: { workflowId: string }) {
  const trpc = useTRPC();
  const path = useWorkspacePath();
  const { data, error } = useQuery(
    // the editor is the truth from here on: a refetch must not pull the draft from under it
    trpc.workflows.get.queryOptions({ id: workflowId }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  );
  if (error) {
    return (
      <EmptyState
        className="m-auto"
        icon={<Workflow />}
        title={
          errorCode(error) === 'NOT_FOUND'
            ? 'This workflow does not exist'
            : 'The workflow could not be loaded'
        }
        actions={
          <Button asChild>
            <Link href={path('workflows')}>All workflows</Link>
          </Button>
        }
      >
        {errorCode(error) === 'NOT_FOUND'
          ? 'It was deleted, or it belongs to another workspace.'
          : errorMessage(error)}
      </EmptyState>
    );
  }
  return data ? <Editor key={data.id} detail={data} /> : <CanvasSkeleton />;
}
