'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { Button } from '#components/ui/button.tsx';
import { definitions, latestDefinition } from '#nodes/definitions.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { NodeIcon } from '../node-icon.tsx';
import { insertNode } from '../palette/insert-node.ts';
import { NODE_WIDTH } from '../store/geometry.ts';

/** The ways to begin: every trigger that people start from by hand. */
const STARTS = definitions.filter((d) => d.kind === 'trigger' && !d.hidden).slice(0, 3);

/** What stands on a canvas without nodes. */
export function EmptyCanvas() {
  const store = useEditorStore();
  const empty = useEditor((s) => s.draft.nodes.length === 0);
  const readOnly = useEditor((s) => s.readOnly);
  const flow = useReactFlow();
  const api = useStoreApi();
  if (!empty || readOnly) return null;
  /** Left of the middle: workflows grow to the right. */
  const middle = () => {
    const box = api.getState().domNode?.getBoundingClientRect();
    return flow.screenToFlowPosition({
      x: (box?.left ?? 0) + Math.max(24, (box?.width ?? 0) / 2 - NODE_WIDTH * 1.6),
      y: (box?.top ?? 0) + (box?.height ?? 0) * 0.4,
    });
  };
  return (
    <div className="pointer-events-auto mt-[14vh] w-[340px] max-w-[88vw] rounded-xl border border-border bg-surface p-5 text-center shadow-raised">
      <h2 className="font-semibold text-base">What starts this workflow?</h2>
      <p className="mt-1 text-foreground-muted text-ui">
        Pick a trigger, or paste or drop a workflow from LinkFlow or n8n.
      </p>
      <div className="mt-4 flex flex-col gap-2">
        {STARTS.map((definition) => (
          <Button
            key={definition.type}
            size="lg"
            className="justify-start px-2.5"
            data-testid={`start-${definition.type}`}
            onClick={() =>
              insertNode(store, latestDefinition(definition.type) ?? definition, { position: middle() })
            }
          >
            <NodeIcon definition={definition} size="sm" />
            {definition.name}
          </Button>
        ))}
        <Button
          variant="link"
          className="mt-1 justify-center"
          onClick={() => store.getState().openPalette({})}
        >
          All nodes
        </Button>
      </div>
    </div>
  );
}
