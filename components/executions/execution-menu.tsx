'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleStop, Copy, ExternalLink, MoreHorizontal, RotateCw, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { ExecutionStatus, ExecutionSummary } from '#server/executions/schema.ts';

const OPEN: readonly ExecutionStatus[] = ['queued', 'running', 'waiting'];

export function ExecutionMenu({ execution }: { execution: ExecutionSummary }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const path = useWorkspacePath();
  const may = useMay();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.executions.list.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.deadLetters.pathKey() }), // a retry takes it off that list
    ]);
  const cancel = useMutation(
    trpc.executions.cancel.mutationOptions({
      onSuccess: () => {
        toast.success('Cancelling the execution.');
        return refresh();
      },
    }),
  );
  const retry = useMutation(
    trpc.executions.retry.mutationOptions({
      onSuccess: ({ executionId }) => {
        toast.success('Started again with the same input.', {
          action: { label: 'Open', onClick: () => router.push(path(`executions/${executionId}`)) },
        });
        return refresh();
      },
    }),
  );
  const isOpen = OPEN.includes(execution.status);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton
          label={`Actions for this execution of ${execution.workflowName}`}
          tooltip={false}
          className="relative z-1"
        >
          <MoreHorizontal />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-48">
        <DropdownMenuItem asChild>
          <Link href={path(`executions/${execution.id}`)}>
            <ExternalLink />
            Open
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href={path(`workflows/${execution.workflowId}`)}>
            <Workflow />
            Edit workflow
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void navigator.clipboard.writeText(execution.id)}>
          <Copy />
          Copy id
        </DropdownMenuItem>
        {may.edit ? (
          <>
            <DropdownMenuSeparator />
            {isOpen ? (
              <DropdownMenuItem danger onSelect={() => cancel.mutate({ id: execution.id })}>
                <CircleStop />
                Cancel
              </DropdownMenuItem>
            ) : (
              <DropdownMenuItem onSelect={() => retry.mutate({ id: execution.id })}>
                <RotateCw />
                Run again
              </DropdownMenuItem>
            )}
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
