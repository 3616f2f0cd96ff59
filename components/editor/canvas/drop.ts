'use client';

import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useMemo } from 'react';
import { latestDefinition } from '#nodes/definitions.ts';
import { useEditorContext } from '../editor-context.tsx';
import { insertNode } from '../palette/insert-node.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../store/geometry.ts';
import { useCanvasUi } from './canvas-ui.tsx';

/** The kind of data that a palette item carries while it is dragged. */
export const NODE_MIME = 'application/x-linkflow-node';

/** Dropping a palette item on the canvas places it there; on an edge, it goes into the edge. */
export function useNodeDrop() {
  const flow = useReactFlow();
  const { store } = useEditorContext();
  const ui = useCanvasUi();
  return useMemo(
    () => ({
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(NODE_MIME)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const edge = edgeUnder(event.clientX, event.clientY);
        if (edge) ui.getState().warm(edge);
        else ui.getState().cool();
      },
      onDragLeave() {
        ui.getState().cool();
      },
      onDrop(event: DragEvent) {
        const definition = latestDefinition(event.dataTransfer.getData(NODE_MIME));
        if (!definition) return;
        event.preventDefault();
        const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        const edge = edgeUnder(event.clientX, event.clientY);
        ui.getState().cool();
        insertNode(store, definition, {
          position: { x: at.x - NODE_WIDTH / 2, y: at.y - NODE_HEIGHT / 2 },
          ...(edge ? { edge } : {}),
        });
      },
    }),
    [flow, store, ui],
  );
}

function edgeUnder(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest<HTMLElement>('.react-flow__edge');
    if (edge) return edge.dataset.id ?? null;
  }
  return null;
}
