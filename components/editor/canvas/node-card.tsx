'use client';

import type { NodeProps } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { NodeRun } from '#engine/state.ts';
import { cn } from '#lib/cn.ts';
import { definitionOf, portsOfNode } from '../definition-of.ts';
import { useEditor, useRun } from '../editor-context.tsx';
import { formatCount } from '../format.ts';
import { issuesKey, parseIssues } from '../issues.ts';
import { NodeIcon } from '../node-icon.tsx';
import { nodeSummary } from '../node-summary.ts';
import { nodeView } from '../run/node-view.ts';
import { nodeById } from '../store/editor-store.ts';
import { cardHeight, NODE_WIDTH } from '../store/geometry.ts';
import { IssueMark, PinMark, RunFacts, StatusMark } from './node-badges.tsx';
import { InputPorts, OutputPorts } from './ports.tsx';

/** A node on the canvas. Subscribes only to its own data, so that 200 of them stay cheap. */
export const NodeCard = memo(function NodeCard({ id, selected }: Pick<NodeProps, 'id' | 'selected'>) {
  const node = useEditor((s) => nodeById(s.draft, id));
  const readOnly = useEditor((s) => s.readOnly);
  const isPinned = useEditor((s) => id in s.draft.pinData);
  const issueKey = useEditor((s) => issuesKey(s.issues, id));
  const issues = useMemo(() => parseIssues(issueKey), [issueKey]);
  const connected = useEditor((s) => connectedPorts(s.draft.edges, id));
  const view = useRun((s) => nodeView(s.state, id));
  const counts = useRun((s) => portCounts(s.state.nodes[id]));
  const definition = node && definitionOf(node);
  const summary = useMemo(() => (node ? nodeSummary(definition, node) : ''), [definition, node]);
  if (!node) return null;
  const ports = portsOfNode(node);
  const isTrigger = definition?.kind === 'trigger';
  return (
    <div
      data-testid={`node-${node.name}`}
      data-run-status={view.status}
      data-disabled={node.disabled || undefined}
      className={cn('lf-node group/node', isTrigger && 'lf-node-trigger', selected && 'lf-node-selected')}
      style={{ width: NODE_WIDTH, height: cardHeight(ports.inputs.length, ports.outputs.length) }}
    >
      <InputPorts ports={ports.inputs} />
      <NodeIcon definition={definition} size="lg" />
      <div className="min-w-0 flex-1">
        <div className={cn('truncate font-medium text-[13px] leading-5', node.disabled && 'line-through')}>
          {node.name}
        </div>
        <div className="truncate text-[11.5px] text-foreground-muted leading-4">
          {node.disabled ? 'Disabled' : summary}
        </div>
      </div>
      {isPinned ? <PinMark /> : null}
      {readOnly || node.disabled ? null : <IssueMark issues={issues} />}
      <StatusMark view={view} />
      <RunFacts view={view} />
      <OutputPorts
        nodeId={id}
        ports={ports.outputs}
        connected={connected}
        counts={counts}
        readOnly={readOnly}
      />
    </div>
  );
});

const countCaches = new WeakMap<readonly NodeRun[], string>();

/** `true=3`, `false=1` …: items by port over all runs, as text for the same reason. */
function portCounts(runs: readonly NodeRun[] | undefined): string {
  if (!runs) return '';
  let text = countCaches.get(runs);
  if (text === undefined) {
    const totals = new Map<string, number>();
    for (const run of runs) {
      for (const [port, items] of Object.entries(run?.outputs ?? {})) {
        totals.set(port, (totals.get(port) ?? 0) + items.length);
      }
    }
    text = [...totals].map(([port, count]) => `${port}=${formatCount(count)}`).join('\n');
    countCaches.set(runs, text);
  }
  return text;
}

const caches = new WeakMap<object, Map<string, string>>();

/** Names of the outputs that lead somewhere, one per line: text compares by value, so cards do not re-render. */
function connectedPorts(edges: readonly { from: { node: string; port: string } }[], id: string): string {
  let byNode = caches.get(edges);
  if (!byNode) {
    byNode = new Map();
    for (const { from } of edges) byNode.set(from.node, `${byNode.get(from.node) ?? ''}${from.port}\n`);
    caches.set(edges, byNode);
  }
  return byNode.get(id) ?? '';
}
