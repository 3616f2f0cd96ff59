'use client';

import { useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Plus, Wand2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { definitionOf, isNote } from '../definition-of.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { moveNodes } from '../store/draft.ts';
import { tidy } from '../store/tidy.ts';

const EASE = { duration: 200 };

export function CanvasControls() {
  const flow = useReactFlow();
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  const zoom = useStore((s) => Math.round(s.transform[2] * 100));
  const tidyUp = () => {
    const { draft, change } = store.getState();
    const notes = draft.nodes.filter((n) => isNote(definitionOf(n), n.parameters)).map((n) => n.id);
    change((d) => moveNodes(d, tidy(d, new Set(notes))));
    setTimeout(() => flow.fitView({ padding: 0.12, maxZoom: 1.1, ...EASE }), 50);
  };
  return (
    <div className="flex items-center rounded-lg border border-border bg-surface p-0.5 shadow-sm">
      <Control label="Zoom out" onClick={() => flow.zoomOut(EASE)}>
        <Minus className="size-4" />
      </Control>
      <button
        type="button"
        className="w-11 text-center text-[11px] text-foreground-muted tabular-nums hover:text-foreground max-md:hidden"
        aria-label="Zoom to 100 %"
        onClick={() => flow.zoomTo(1, EASE)}
      >
        {zoom} %
      </button>
      <Control label="Zoom in" onClick={() => flow.zoomIn(EASE)}>
        <Plus className="size-4" />
      </Control>
      <Control
        label="Fit the workflow (1)"
        onClick={() => flow.fitView({ padding: 0.12, maxZoom: 1.1, ...EASE })}
      >
        <Maximize className="size-4" />
      </Control>
      {readOnly ? null : (
        <Control label="Tidy up (Shift+L)" onClick={tidyUp} testId="tidy">
          <Wand2 className="size-4" />
        </Control>
      )}
    </div>
  );
}

interface ControlProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
  testId?: string;
}

function Control({ label, onClick, children, testId }: ControlProps) {
  return (
    <Tooltip content={label}>
      <button
        type="button"
        aria-label={label}
        data-testid={testId}
        onClick={onClick}
        className="grid size-8 place-items-center rounded-md text-foreground-muted hover:bg-muted hover:text-foreground"
      >
        {children}
      </button>
    </Tooltip>
  );
}
