'use client';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Row } from '../export-rows.ts';
import type { Place } from './use-cell-editing.ts';

/** The one cell that Tab comes to; arrows and clicks move it. It stays with its row while rows come and go around it. */
export function useActiveCell(rows: readonly Row[]) {
  const [active, setActive] = useState<Place | null>(null);
  /** The focus follows once the cell is drawn: it may be in a row that was out of sight. */
  const wanted = useRef<Place | null>(null);
  const indexes = useMemo(() => new Map(rows.map(({ id }, index) => [id, index])), [rows]);
  const index = (active && indexes.get(active.rowId)) ?? 0;
  const column = active && indexes.has(active.rowId) ? active.column : 0;
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const { rowId, column } = wanted.current;
    const cell = document.querySelector<HTMLElement>(`[data-row="${rowId}"] > [data-column="${column}"]`);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  return {
    /** Of the row that has it. */
    index,
    rowOf: ({ rowId }: Place): Row | undefined => rows[indexes.get(rowId) ?? -1],
    indexOf: ({ rowId }: Place): number => indexes.get(rowId) ?? -1,
    isAt: (place: Place) => active?.rowId === place.rowId && active.column === place.column,
    /** Its column, if the row at this index has it. */
    columnIn: (at: number): number | null => (at === index ? column : null),
    goTo(place: Place, focus: boolean) {
      if (focus) wanted.current = place;
      setActive((now) =>
        !focus && now?.rowId === place.rowId && now.column === place.column ? now : { ...place },
      );
    },
  };
}
