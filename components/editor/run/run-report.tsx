'use client';

import { useMemo } from 'react';
import type { ExecutionState } from '#engine/state.ts';
import type { Workflow } from '#engine/workflow.ts';
import { cn } from '#lib/cn.ts';
import { NodeError } from '../config/node-error.tsx';
import { definitionOf } from '../definition-of.ts';
import { useEditor, useEditorStore, useRun } from '../editor-context.tsx';
import { formatDuration, formatTime } from '../format.ts';
import { NodeIcon } from '../node-icon.tsx';

const MAX_LINES = 200;

/** What went wrong, then the newest node runs with what they logged. */
export function RunReport({ className }: { className?: string }) {
  const store = useEditorStore();
  const state = useRun((s) => s.state);
  const draft = useEditor((s) => s.draft);
  const lines = useMemo(() => linesOf(state, draft), [state, draft]);
  const failed = draft.nodes.find((n) => n.id === state.failedNode);
  return (
    <div
      className={cn('max-h-52 overflow-y-auto border-border border-b', className)}
      data-testid="run-report"
    >
      {state.error ? (
        <div className="p-3 pb-0">
          {failed ? (
            <button
              type="button"
              className="mb-1.5 font-medium text-danger text-ui hover:underline"
              onClick={() => store.getState().openNode(failed.id, state.error?.field ?? null)}
            >
              “{failed.name}” failed – open it
            </button>
          ) : null}
          <NodeError error={state.error} />
        </div>
      ) : null}
      <ol className="p-2 text-xs">
        {lines.slice(0, MAX_LINES).map((line) => (
          <li key={line.key}>
            <button
              type="button"
              className="flex w-full items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-muted"
              onClick={() => store.getState().openNode(line.nodeId)}
            >
              <span className="w-16 shrink-0 text-foreground-subtle tabular-nums">{formatTime(line.at)}</span>
              <NodeIcon definition={line.definition} size="sm" className="size-5" />
              <span className="shrink-0 font-medium">{line.name}</span>
              <span
                className={cn('min-w-0 flex-1 truncate', line.bad ? 'text-danger' : 'text-foreground-muted')}
              >
                {line.text}
              </span>
            </button>
            {line.logs.map((log) => (
              <p key={log} className="truncate py-0.5 pl-[108px] font-mono text-[11px] text-foreground-muted">
                {log}
              </p>
            ))}
          </li>
        ))}
        {lines.length > MAX_LINES ? (
          <li className="px-2 py-1 text-foreground-subtle">
            {lines.length - MAX_LINES} older runs are not shown here.
          </li>
        ) : null}
        {lines.length === 0 ? <li className="px-2 py-3 text-foreground-muted">Nothing ran yet.</li> : null}
      </ol>
    </div>
  );
}

function linesOf(state: ExecutionState, draft: Workflow) {
  return draft.nodes
    .flatMap((node) =>
      (state.nodes[node.id] ?? []).slice(-MAX_LINES).map((run, i) => ({
        key: `${node.id}:${i}`,
        nodeId: node.id,
        name: node.name,
        definition: definitionOf(node),
        at: run.startedAt,
        bad: run.status === 'failed',
        text: run.error
          ? run.error.message
          : `${run.status}${run.durationMs === null ? '' : ` in ${formatDuration(run.durationMs)}`}`,
        logs: (run.logs ?? []).slice(0, 5).map((l) => l.message),
      })),
    )
    .sort((a, b) => b.at - a.at);
}
