'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditor } from '../editor-context.tsx';

const MARGIN = 40;

/** When a node is opened or walked to by keys, the canvas moves just enough to show it beside the open panels. */
export function useKeepInView(): void {
  const flow = useReactFlow();
  const api = useStoreApi();
  const open = useEditor((s) => s.openNodeId);
  const only = useEditor((s) => (s.selection.length === 1 ? (s.selection[0] ?? null) : null));
  const id = open ?? only;
  useEffect(() => {
    if (!id) return;
    // after the panel took its place, so that the canvas has its new width
    const timer = setTimeout(() => {
      const node = flow.getInternalNode(id);
      const { width, height, transform } = api.getState();
      if (!node || width < 200) return;
      const [tx, ty, zoom] = transform;
      const { x, y } = node.internals.positionAbsolute;
      const left = x * zoom + tx;
      const top = y * zoom + ty;
      const right = left + (node.measured.width ?? 0) * zoom;
      const bottom = top + (node.measured.height ?? 0) * zoom;
      const dx = left < MARGIN ? MARGIN - left : right > width - MARGIN ? width - MARGIN - right : 0;
      const dy =
        top < MARGIN ? MARGIN - top : bottom > height - MARGIN * 2 ? height - MARGIN * 2 - bottom : 0;
      if (dx || dy) flow.setViewport({ x: tx + dx, y: ty + dy, zoom }, { duration: 180 });
    }, 60);
    return () => clearTimeout(timer);
  }, [id, flow, api]);
}
