'use client';

import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react';
import { Plus, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { cn } from '#lib/cn.ts';
import { useEditor, useEditorStore, useRun } from '../editor-context.tsx';
import { plural } from '../format.ts';
import { edgeItems, nodeView } from '../run/node-view.ts';
import { disconnect } from '../store/draft.ts';
import { useCanvasUi } from './canvas-ui.tsx';
import type { FlowEdge } from './flow-elements.ts';

/** An edge with what flowed along it, and on hover the buttons to insert a node or to cut it. */
export const ItemEdge = memo(function ItemEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, selected, sourceX, sourceY, targetX, targetY } = props;
  const ui = useCanvasUi();
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  const hot = useStore(ui, (s) => s.hotEdge === id);
  const edge = data?.edge;
  const items = useRun((s) => (edge ? edgeItems(s.state, edge) : null));
  const flowing = useRun((s) => edge !== undefined && nodeView(s.state, edge.to.node).status === 'running');
  const backward = targetX < sourceX + 20;
  const [path, labelX, labelY] = backward
    ? getSmoothStepPath({ ...props, borderRadius: 16, offset: 28, centerY: Math.max(sourceY, targetY) + 72 })
    : getBezierPath({ ...props, curvature: 0.3 });
  const carried = items !== null && items > 0;
  const showActions = hot && !readOnly;
  const keepHot = () => ui.getState().warm(id);
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={24}
        className={cn(
          'lf-edge',
          carried && 'lf-edge-carried',
          items === 0 && 'lf-edge-empty',
          flowing && 'lf-edge-flowing',
          (selected || hot) && 'lf-edge-hot',
        )}
      />
      {showActions || items !== null ? (
        <EdgeLabelRenderer>
          <div
            className="nodrag nopan absolute flex items-center gap-1"
            style={{
              transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`,
              pointerEvents: showActions ? 'all' : 'none',
              zIndex: showActions ? 20 : 1,
            }}
          >
            {showActions ? (
              // biome-ignore lint/a11y/noStaticElementInteractions: keeps the buttons while the pointer is on them
              <div className="flex gap-1" onMouseEnter={keepHot} onMouseLeave={() => ui.getState().cool()}>
                <button
                  type="button"
                  className="lf-plus"
                  aria-label="Insert a node here"
                  onClick={() => store.getState().openPalette({ edge: id })}
                >
                  <Plus className="size-3.5" />
                </button>
                <button
                  type="button"
                  className="lf-plus hover:!bg-red-500"
                  aria-label="Remove this connection"
                  onClick={() => store.getState().change((d) => disconnect(d, new Set([id])))}
                >
                  <Trash2 className="size-3" />
                </button>
              </div>
            ) : items !== null ? (
              <span className={cn('lf-edge-count', !carried && 'opacity-70')}>{plural(items, 'item')}</span>
            ) : null}
          </div>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});
