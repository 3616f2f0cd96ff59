'use client';

import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useMemo } from 'react';
import { toast } from 'sonner';
import { latestDefinition } from '#nodes/definitions.ts';
import { useEditorContext } from '../editor-context.tsx';
import { insertNode } from '../palette/insert-node.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '../store/geometry.ts';
import { useCanvasUi } from './canvas-ui.tsx';
import { pasteText } from './clipboard-actions.ts';

/** The kind of data that a palette item carries while it is dragged. */
export const NODE_MIME = 'application/x-linkflow-node';

/** Larger files are no workflows. */
const MAX_FILE_BYTES = 10_000_000;

/**
 * Dropping a palette item on the canvas places it there; on an edge, it goes into the edge. A dropped file is pasted: the
 * workflow that it holds, ours or n8n's.
 */
export function useCanvasDrop() {
  const flow = useReactFlow();
  const { store, editing } = useEditorContext();
  const ui = useCanvasUi();
  return useMemo(() => {
    const pasteFile = async (file: File, at: Point) => {
      if (file.size > MAX_FILE_BYTES) toast.error(`“${file.name}” is larger than 10 MB.`);
      else await pasteText({ store, editing, flow }, await file.text(), flow.screenToFlowPosition(at));
    };
    return {
      onDragOver(event: DragEvent) {
        const { types } = event.dataTransfer;
        if (types.includes('Files')) event.preventDefault(); // or the browser would leave the page to show the file
        if (!types.includes(NODE_MIME)) return;
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
        const [file] = event.dataTransfer.files;
        if (file) {
          event.preventDefault();
          if (!store.getState().readOnly) void pasteFile(file, { x: event.clientX, y: event.clientY });
          return;
        }
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
    };
  }, [flow, store, editing, ui]);
}

function edgeUnder(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest<HTMLElement>('.react-flow__edge');
    if (edge) return edge.dataset.id ?? null;
  }
  return null;
}
