'use client';

import { ArrowDownToLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import { DataPanel } from '#components/execution-data/data-panel.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { portsOfNode } from '../definition-of.ts';
import { useEditor, useRun } from '../editor-context.tsx';
import { type InputOrigin, nodeInputs } from '../expression/node-inputs.ts';
import { reach } from '../store/navigate.ts';
import { RunSelector } from './run-selector.tsx';

const ORIGINS: Record<InputOrigin, string | null> = {
  run: null,
  upstream: 'From the nodes before it; this node did not run yet',
  pinned: 'Pinned data of the node before it',
  sample: 'An example. Run the workflow to see real items',
  none: null,
};
const CURRENT = '';

/** What comes in, or what any earlier node gave: drag fields from here into parameters. */
export function InputPanel({ node }: { node: WorkflowNode }) {
  const draft = useEditor((s) => s.draft);
  const state = useRun((s) => s.state);
  const chosen = useRun((s) => s.chosenRun[node.id]);
  const [source, setSource] = useState<string>(CURRENT);
  const inputs = useMemo(() => nodeInputs(draft, state, node.id, chosen), [draft, state, node.id, chosen]);
  const before = useMemo(() => {
    const ids = new Set(reach(draft, [node.id], 'up'));
    return draft.nodes.filter((n) => n.id !== node.id && ids.has(n.id) && inputs.state.nodes[n.id]);
  }, [draft, node.id, inputs]);
  const other = before.find((n) => n.id === source);
  const ports = portsOfNode(other ?? node);
  const items = other ? (inputs.state.nodes[other.id]?.at(-1)?.outputs ?? {}) : inputs.ports;
  const isTrigger = ports.inputs.length === 0 && !other;
  return (
    <DataPanel
      key={node.id}
      items={items}
      ports={other ? ports.outputs : ports.inputs}
      source={other ? other.name : ''}
      header={
        <div className="shrink-0 space-y-1 px-3 pt-2.5">
          <div className="flex items-center gap-2">
            <h3 className="shrink-0 font-semibold text-ui">Input</h3>
            {before.length > 0 ? (
              <Select
                value={source || 'current'}
                onValueChange={(id) => setSource(id === 'current' ? CURRENT : id)}
              >
                <SelectTrigger size="sm" className="w-40" aria-label="Show items of">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  <SelectItem value="current">What comes in</SelectItem>
                  {before.map((n) => (
                    <SelectItem key={n.id} value={n.id}>
                      {n.name}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            ) : null}
            <span className="ml-auto" />
            <RunSelector nodeId={node.id} />
          </div>
          {ORIGINS[inputs.origin] ? <p className="text-warning text-xs">{ORIGINS[inputs.origin]}</p> : null}
        </div>
      }
      empty={
        <EmptyState
          icon={<ArrowDownToLine />}
          title={isTrigger ? 'Triggers have no input' : 'Nothing came in yet'}
        >
          {isTrigger
            ? 'They start the workflow with what happened outside.'
            : 'Connect it to a node before it and run the workflow.'}
        </EmptyState>
      }
    />
  );
}
