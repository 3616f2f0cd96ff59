import type { VirtualItem } from '@tanstack/react-virtual';
import type { Row } from '../export-rows.ts';
import type { GridColumn } from './grid-columns.ts';
import type { Place } from './use-cell-editing.ts';

/** The cell that Tab goes on to: the next one that can be edited, in the next row after the last. */
export function nextEditable(
  rows: readonly Pick<Row, 'id'>[],
  columns: readonly Pick<GridColumn, 'own'>[],
  { column }: Place,
  index: number,
  way: 'next' | 'previous',
): Place | null {
  const step = way === 'next' ? 1 : -1;
  for (let at = index * columns.length + column + step; ; at += step) {
    const row = rows[Math.floor(at / columns.length)];
    if (!row) return null;
    const found = at % columns.length;
    if (columns[found]?.own) return { rowId: row.id, column: found };
  }
}

type Slot = Pick<VirtualItem, 'index' | 'start' | 'end'>;

/** The rows to draw with the empty room between, before and after them; the one with the focus may be far from the others. */
export function withGaps<S extends Slot>(
  slots: readonly S[],
  total: number,
): (S | { gap: number; key: string })[] {
  const all: (S | { gap: number; key: string })[] = [];
  let end = 0;
  for (const slot of slots) {
    if (slot.start > end) all.push({ gap: slot.start - end, key: `before ${slot.index}` });
    all.push(slot);
    end = slot.end;
  }
  if (total > end) all.push({ gap: total - end, key: 'after' });
  return all;
}
