'use client';
import Link from 'next/link';
import { ExecutionMode } from '#components/executions/execution-mode.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { ExecutionSummary } from '#server/executions/schema.ts';
import type { Selection } from './use-selection.ts';

/** Shared by the head of the list and its rows. */
export const DEAD_LETTER_COLUMNS =
  'gap-x-4 lg:grid-cols-[1rem_7rem_minmax(0,1fr)_8.5rem_7rem] lg:items-center';

interface Props {
  execution: ExecutionSummary;
  selection: Selection;
}

export function DeadLetterRow({ execution, selection }: Props) {
  const path = useWorkspacePath();
  const may = useMay();
  const { id, workflowName, error, mode, retryOfId, versionNumber } = execution;
  const selected = selection.has(id);
  return (
    <li
      className={cn(
        DEAD_LETTER_COLUMNS,
        'relative flex flex-wrap items-center gap-y-1.5 py-2.5 pr-4 transition-colors last:rounded-b-xl max-lg:gap-x-3 lg:grid lg:pl-4',
        may.edit ? 'max-lg:pl-11' : 'max-lg:pl-4',
        selected ? 'bg-accent-soft/60' : 'hover:bg-muted/60',
      )}
    >
      {may.edit ? (
        // the corner around it takes the tap, too
        <Checkbox
          aria-label={`Select the execution of ${workflowName}`}
          data-row="select"
          checked={selected}
          onClick={(event) => selection.toggle(id, event.shiftKey)}
          className="relative z-1 after:absolute after:-inset-3 max-lg:absolute max-lg:top-3.5 max-lg:left-4"
        />
      ) : (
        <span className="max-lg:hidden" />
      )}
      <div className="max-lg:order-2">
        <StatusBadge status={execution.status} />
      </div>
      <div className="min-w-0 max-lg:order-1 max-lg:w-full">
        <Link
          href={path(`executions/${id}?from=failed`)}
          data-row="open"
          className="block truncate text-sm font-medium outline-offset-4 after:absolute after:inset-0"
        >
          {workflowName}
        </Link>
        {error ? (
          <p
            className="text-xs text-danger [overflow-wrap:anywhere] max-lg:line-clamp-2 lg:truncate"
            title={error.message}
          >
            {error.message}
          </p>
        ) : null}
      </div>
      <div className="flex min-w-0 items-center gap-2 text-xs text-foreground-muted max-lg:order-3">
        <ExecutionMode mode={mode} isRetry={retryOfId !== null} />
        <span className="text-foreground-subtle max-lg:hidden">
          {versionNumber === null ? 'draft' : `v${versionNumber}`}
        </span>
      </div>
      <RelativeTime
        date={execution.finishedAt ?? execution.queuedAt}
        className="text-xs text-foreground-muted max-lg:order-4 max-lg:ml-auto"
      />
    </li>
  );
}
