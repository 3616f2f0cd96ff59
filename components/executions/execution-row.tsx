'use client';
import Link from 'next/link';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { ExecutionSummary } from '#server/executions/schema.ts';
import { ExecutionDuration } from './execution-duration.tsx';
import { ExecutionMenu } from './execution-menu.tsx';
import { ExecutionMode } from './execution-mode.tsx';

/** Shared by the head of the list and its rows. */
export const EXECUTION_COLUMNS =
  'gap-x-4 lg:grid-cols-[7rem_minmax(0,1fr)_8.5rem_7rem_5.5rem_2rem] lg:items-center';

export function ExecutionRow({ execution }: { execution: ExecutionSummary }) {
  const path = useWorkspacePath();
  return (
    <li
      className={cn(
        EXECUTION_COLUMNS,
        'relative flex flex-wrap items-center gap-y-1.5 px-4 max-lg:gap-x-3 py-2.5 transition-colors first:rounded-t-xl last:rounded-b-xl hover:bg-muted/60 lg:grid',
      )}
    >
      <div className="max-lg:order-2">
        <StatusBadge status={execution.status} />
      </div>
      <div className="min-w-0 max-lg:order-1 max-lg:w-full max-lg:pr-8">
        <Link
          href={path(`executions/${execution.id}`)}
          className="block truncate text-sm font-medium outline-offset-4 after:absolute after:inset-0"
        >
          {execution.workflowName}
        </Link>
        {execution.error ? <p className="truncate text-xs text-danger">{execution.error.message}</p> : null}
      </div>
      <div className="flex min-w-0 items-center gap-2 text-xs text-foreground-muted max-lg:order-3">
        <ExecutionMode mode={execution.mode} isRetry={execution.retryOfId !== null} />
        <span className="text-foreground-subtle max-lg:hidden">
          {execution.versionNumber === null ? 'draft' : `v${execution.versionNumber}`}
        </span>
      </div>
      <RelativeTime
        date={execution.startedAt ?? execution.queuedAt}
        className="text-xs text-foreground-muted max-lg:order-4 max-lg:ml-auto"
      />
      <div className="text-xs text-foreground-muted tabular-nums max-lg:order-5">
        <ExecutionDuration execution={execution} />
      </div>
      <div className="max-lg:absolute max-lg:top-1.5 max-lg:right-2 lg:-mr-1">
        <ExecutionMenu execution={execution} />
      </div>
    </li>
  );
}
