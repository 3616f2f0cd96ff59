'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback } from 'react';
import type { GridColumn } from './grid-columns.ts';

/** Fewer are all drawn: then scrolling sideways draws nothing again. */
const MANY = 24;

/** The columns in sight, from the second one on; `to` is not among them. The first one always is. */
export function useVirtualColumns(
  columns: readonly GridColumn[],
  scroller: RefObject<HTMLDivElement | null>,
): { from: number; to: number } {
  const virtual = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.width ?? 0,
    getItemKey: useCallback((index: number) => columns[index]?.name ?? index, [columns]),
    overscan: 4,
  });
  if (columns.length <= MANY) return { from: 1, to: columns.length };
  const shown = virtual.getVirtualItems();
  return { from: Math.max(1, shown[0]?.index ?? 1), to: (shown.at(-1)?.index ?? MANY) + 1 };
}
