'use client';

import { ArrowLeft, Pencil, ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { ExecutionReplay } from '#server/executions/schema.ts';
import type { EditorBackend } from '../backend.ts';
import { useRun } from '../editor-context.tsx';
import { formatDateTime, formatDuration } from '../format.ts';
import { ExecutionActions } from './execution-actions.tsx';

const MODES: Readonly<Record<string, string>> = {
  manual: 'Run by hand',
  webhook: 'By webhook',
  schedule: 'By schedule',
  api: 'By API',
  'sub-workflow': 'Called by a workflow',
  error: 'After an error',
  retry: 'Retry',
};

interface ExecutionHeaderProps {
  execution: ExecutionReplay['execution'];
  backend: EditorBackend;
  showLog: boolean;
  onShowLog: (show: boolean) => void;
}

export function ExecutionHeader({ execution, backend, showLog, onShowLog }: ExecutionHeaderProps) {
  const path = useWorkspacePath();
  const may = useMay();
  const cameFrom = useSearchParams().get('from') === 'failed' ? 'failed' : 'executions';
  const status = useRun((s) => s.state.status);
  const startedAt = useRun((s) => s.state.startedAt);
  const finishedAt = useRun((s) => s.state.finishedAt);
  return (
    <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-border border-b bg-surface px-2 py-1.5 sm:px-3">
      {/* on a small screen the name gets a line of its own */}
      <div className="flex min-w-0 flex-1 items-center gap-2 max-sm:basis-full">
        <Link
          href={path(cameFrom)}
          aria-label={`Back to ${cameFrom === 'failed' ? 'what failed' : 'executions'}`}
          className="grid size-8 shrink-0 place-items-center rounded-md text-foreground-muted hover:bg-muted hover:text-foreground"
        >
          <ArrowLeft className="size-4" />
        </Link>
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <h1 className="min-w-0 truncate font-semibold text-sm">{execution.workflowName}</h1>
            <StatusBadge status={status} />
          </div>
          <p className="truncate text-[11.5px] text-foreground-muted leading-4 tabular-nums">
            {MODES[execution.mode] ?? execution.mode} ·{' '}
            {formatDateTime(startedAt ?? Date.parse(execution.queuedAt))}
            {startedAt !== null && finishedAt !== null
              ? ` · took ${formatDuration(finishedAt - startedAt)}`
              : ''}
            {' · '}
            {execution.versionNumber === null ? 'draft' : `version ${execution.versionNumber}`}
          </p>
        </div>
      </div>
      {execution.retryOfId ? (
        <Badge tone="outline" className="max-sm:hidden">
          <Link href={path(`executions/${execution.retryOfId}`)}>Retry of an earlier one</Link>
        </Badge>
      ) : null}
      <div className="flex flex-1 items-center gap-2 sm:flex-none">
        <Button variant="ghost" aria-pressed={showLog} onClick={() => onShowLog(!showLog)}>
          <ScrollText />
          Log
        </Button>
        {may.edit ? <ExecutionActions executionId={execution.id} status={status} backend={backend} /> : null}
        <Button variant="secondary" asChild className="max-sm:ml-auto">
          <Link href={path(`workflows/${execution.workflowId}`)}>
            <Pencil />
            <span className="max-sm:sr-only">Open in editor</span>
          </Link>
        </Button>
      </div>
    </header>
  );
}
