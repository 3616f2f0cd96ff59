'use client';

import { ArrowUpFromLine, Pin, PinOff } from 'lucide-react';
import { toast } from 'sonner';
import { DataPanel } from '#components/execution-data/data-panel.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { type Item, isStored, type Outputs, shownItems } from '#engine/item.ts';
import type { WorkflowNode } from '#engine/workflow.ts';
import { portsOfNode } from '../definition-of.ts';
import { useEditor, useEditorStore, useRun } from '../editor-context.tsx';
import { formatDuration } from '../format.ts';
import { setPinData } from '../store/draft.ts';
import { NodeError } from './node-error.tsx';
import { NodeLogs } from './node-logs.tsx';
import { RunSelector } from './run-selector.tsx';

const MAX_PINNED = 1000;
const NOTHING: Outputs = {};

/** What the node gave, why it failed, and what it said on the way. */
export function OutputPanel({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  const pinned = useEditor((s) => s.draft.pinData[node.id]);
  const runs = useRun((s) => s.state.nodes[node.id]);
  const chosen = useRun((s) => s.chosenRun[node.id]);
  const skipped = useRun((s) => s.state.skipped[node.id]);
  const run = runs?.[Math.min(chosen ?? runs.length - 1, runs.length - 1)];
  const { outputs } = portsOfNode(node);
  const first = outputs[0]?.name;
  const output = first === undefined ? undefined : run?.outputs[first];
  // what is cut short is not what the node gave
  const given = output && !(isStored(output) && output.shortened) ? shownItems(output) : undefined;
  const items =
    pinned && !run && first ? { [first]: pinned as unknown as Item[] } : (run?.outputs ?? NOTHING);
  const pin = () => {
    if (!given) return;
    store.getState().change((d) =>
      setPinData(
        d,
        node.id,
        given.slice(0, MAX_PINNED).map(({ json }) => ({ json })),
      ),
    );
    toast.success('Pinned: manual runs use these items instead of running the node');
  };
  return (
    <DataPanel
      key={node.id}
      items={items}
      ports={outputs}
      source={null}
      header={
        <div className="shrink-0 px-3 pt-2.5">
          <div className="flex flex-wrap items-center gap-2">
            <h3 className="font-semibold text-ui">Output</h3>
            {run ? <StatusBadge status={run.status} /> : null}
            {run?.durationMs == null ? null : (
              <span className="text-foreground-muted text-xs tabular-nums">
                {formatDuration(run.durationMs)}
              </span>
            )}
            <span className="ml-auto" />
            <RunSelector nodeId={node.id} />
            {readOnly || outputs.length === 0 ? null : pinned ? (
              <IconButton
                label="Unpin"
                size="sm"
                aria-pressed
                onClick={() => store.getState().change((d) => setPinData(d, node.id, null))}
              >
                <PinOff />
              </IconButton>
            ) : given ? (
              <IconButton label="Pin these items for manual runs" size="sm" onClick={pin}>
                <Pin />
              </IconButton>
            ) : null}
          </div>
          {pinned ? (
            <p className="mt-1 text-hue-violet text-xs">
              Pinned: manual runs use {pinned.length} fixed items.
            </p>
          ) : null}
          {run?.error ? <NodeError error={run.error} className="mt-2" /> : null}
          <NodeLogs logs={run?.logs ?? []} />
        </div>
      }
      empty={
        <EmptyState
          icon={<ArrowUpFromLine />}
          title={skipped ? 'Skipped' : run ? 'No output' : 'Did not run yet'}
        >
          {skipped
            ? 'Nothing came this way in the shown execution.'
            : run
              ? run.status === 'failed'
                ? 'It failed before it gave anything.'
                : 'It has not given anything so far.'
              : 'Run the workflow to see what it gives.'}
        </EmptyState>
      }
    />
  );
}
