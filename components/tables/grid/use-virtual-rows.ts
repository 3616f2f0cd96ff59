'use client';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef } from 'react';
import type { Row } from '../export-rows.ts';
import { ROW_HEIGHT } from './grid-row.tsx';

/** The rows in sight, and always the one with the focus, or scrolling would take the focus away. */
export function useVirtualRows(rows: readonly Row[], kept: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // the same function as long as the rows are the same, or all of them are measured again at every step
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    overscan: 12,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (kept >= range.count || indexes.includes(kept)) return indexes;
      return [...indexes, kept].sort((a, b) => a - b);
    },
  });
  return { scroller, virtual };
}
