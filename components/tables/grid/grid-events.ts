import type { MouseEvent } from 'react';
import type { GridColumn } from './grid-columns.ts';
import type { Place } from './use-cell-editing.ts';

/** The cell that an event happened in; null in an editor, whose events are its own. */
export function placeOf(target: EventTarget): Place | null {
  if (!(target instanceof HTMLElement) || target.closest('input, textarea, fieldset')) return null;
  const cell = target.closest<HTMLElement>('[data-column]');
  const rowId = cell?.closest<HTMLElement>('[data-row]')?.dataset.row;
  return cell && rowId ? { rowId: Number(rowId), column: Number(cell.dataset.column) } : null;
}

/** A double tap zooms: on a touch screen a tap on the cell that has the focus already edits it. */
export const isTouch = ({ nativeEvent }: MouseEvent) =>
  'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';

/** Typing begins an edit: with that letter where letters are typed. null: the key says nothing to this type. */
export function firstDraft({ type }: GridColumn, text: string): string | null | undefined {
  if (type === 'date') return undefined;
  if (type !== 'boolean') return text;
  return { y: 'true', n: 'false' }[text.toLowerCase()] ?? null;
}
