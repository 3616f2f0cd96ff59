'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Pause, Play, RotateCw, Square } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { showError } from '#components/trpc/show-error.ts';
import { Button } from '#components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { ExecutionState } from '#engine/state.ts';
import { isTerminal } from '#engine/state.ts';
import type { EditorBackend, RetryHow } from '../backend.ts';

interface ExecutionActionsProps {
  executionId: string;
  status: ExecutionState['status'];
  backend: EditorBackend;
}

/** What one can do with an execution: pause, resume and cancel it while it is under way, run it again afterwards. */
export function ExecutionActions({ executionId, status, backend }: ExecutionActionsProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const path = useWorkspacePath();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setPending(true);
    await work().catch(showError);
    setPending(false);
  };
  const retry = (how: RetryHow) =>
    attempt(async () => {
      const again = await backend.retry(executionId, how);
      void queryClient.invalidateQueries({ queryKey: trpc.deadLetters.pathKey() }); // it is off that list
      router.push(path(`executions/${again.executionId}`));
    });
  if (!isTerminal(status)) {
    const paused = status === 'paused';
    return (
      <>
        <Button
          variant="ghost"
          pending={pending}
          onClick={() => attempt(() => (paused ? backend.resume(executionId) : backend.pause(executionId)))}
        >
          {paused ? <Play /> : <Pause />}
          {paused ? 'Resume' : 'Pause'}
        </Button>
        <Button
          variant="danger-ghost"
          pending={pending}
          onClick={() => attempt(() => backend.cancel(executionId))}
        >
          <Square className="size-3.5! fill-current" />
          Cancel
        </Button>
      </>
    );
  }
  const again = (
    <Button
      pending={pending}
      onClick={status === 'completed' ? () => retry({ from: 'start', version: 'same' }) : undefined}
      data-testid="retry"
    >
      {pending ? null : <RotateCw />}
      Retry
      {status === 'completed' ? null : <ChevronDown className="size-3.5!" />}
    </Button>
  );
  if (status === 'completed') return again;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{again}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {CHOICES.map(([label, how]) => (
          <DropdownMenuItem key={label} onSelect={() => void retry(how)}>
            {label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

const CHOICES: readonly [string, RetryHow][] = [
  ['From the failed node', { from: 'failed', version: 'same' }],
  ['From the failed node, with the current draft', { from: 'failed', version: 'draft' }],
  ['From the start', { from: 'start', version: 'same' }],
  ['From the start, with the current draft', { from: 'start', version: 'draft' }],
];
