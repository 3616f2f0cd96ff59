'use client';

import { ChevronDown, ChevronUp, ExternalLink, Pin, Square, X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { isTerminal } from '#engine/state.ts';
import { useEditing, useRun, useRunStore } from '../editor-context.tsx';
import { formatDuration, plural } from '../format.ts';
import { RunReport } from './run-report.tsx';

/** The shown execution in one line at the bottom: how it goes, and the way to its details. */
export function RunBar() {
  const { actions } = useEditing();
  const store = useRunStore();
  const path = useWorkspacePath();
  const executionId = useRun((s) => s.executionId);
  const status = useRun((s) => s.state.status);
  const startedAt = useRun((s) => s.state.startedAt);
  const finishedAt = useRun((s) => s.state.finishedAt);
  const nodes = useRun((s) => Object.values(s.state.nodes).filter((runs) => runs.length > 0).length);
  const pinned = useRun((s) => s.pinned);
  const [open, setOpen] = useState(false);
  const over = isTerminal(status);
  const now = useNow(!over && executionId !== null);
  useEffect(() => setOpen(status === 'failed' || status === 'timeout'), [status]);
  if (!executionId) return null;
  const duration = startedAt === null ? null : (finishedAt ?? now) - startedAt;
  return (
    <section
      aria-label="Execution"
      className="shrink-0 border-border border-t bg-surface"
      data-testid="run-bar"
      data-status={status}
    >
      {open ? <RunReport /> : null}
      <div className="flex h-11 items-center gap-2 px-3">
        <StatusBadge status={status} />
        <span className="truncate text-foreground-muted text-xs tabular-nums">
          {duration === null ? 'Waiting for a worker' : formatDuration(duration)}
          <span className="max-sm:hidden"> · {plural(nodes, 'node')}</span>
        </span>
        <div className="flex-1" />
        {over ? null : (
          <Button size="sm" variant="danger-ghost" onClick={() => actions.stop()}>
            <Square className="size-3! fill-current" />
            Stop
          </Button>
        )}
        <IconButton
          label={pinned ? 'Follow the newest execution again' : 'Keep showing this execution'}
          size="sm"
          aria-pressed={pinned}
          onClick={() => store.getState().pin(!pinned)}
        >
          <Pin />
        </IconButton>
        <Button size="sm" variant="ghost" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? <ChevronDown /> : <ChevronUp />}
          Log
        </Button>
        <Button size="sm" variant="ghost" asChild>
          <Link href={path(`executions/${executionId}`)}>
            <ExternalLink />
            <span className="max-sm:sr-only">Details</span>
          </Link>
        </Button>
        <IconButton label="Clear from the canvas" size="sm" onClick={() => store.getState().clear()}>
          <X />
        </IconButton>
      </div>
    </section>
  );
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [ticking]);
  return Math.max(now, 0);
}
