'use client';
import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, useEffect } from 'react';
import type { Selection } from '#components/dead-letters/use-selection.ts';
import { cn } from '#lib/cn.ts';
import { toText } from '../cell-values.ts';
import type { Row } from '../export-rows.ts';
import { CellEditor } from './cell-editor.tsx';
import type { GridColumn } from './grid-columns.ts';
import { firstDraft, isTouch, placeOf } from './grid-events.ts';
import { GridHead } from './grid-head.tsx';
import { gridAction } from './grid-keys.ts';
import { nextEditable, withGaps } from './grid-places.ts';
import { GridRow, ROW_HEIGHT } from './grid-row.tsx';
import { useActiveCell } from './use-active-cell.ts';
import type { CellEditing, Leave, Place } from './use-cell-editing.ts';
import type { RowSort, useTableRows } from './use-table-rows.ts';
import { useVirtualColumns } from './use-virtual-columns.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/** So many rows before the end the next ones are asked for. */
const AHEAD = 60;

interface Props {
  label: string;
  columns: readonly GridColumn[];
  rows: readonly Row[];
  query: ReturnType<typeof useTableRows>['query'];
  order: RowSort;
  onOrderChange: (order: RowSort) => void;
  /** null: rows cannot be selected. */
  selection: Selection | null;
  editing: CellEditing;
  onOpenRow: (row: Row) => void;
  onDelete: () => void;
}

/** Rows out of sight are not in the page, so that a hundred thousand scroll like ten. One cell at a time has the focus. */
export function RowGrid({ label, columns, rows, query, editing, selection, ...props }: Props) {
  const cell = useActiveCell(rows);
  const { scroller, virtual } = useVirtualRows(rows, cell.index);
  const { from, to } = useVirtualColumns(columns, scroller);
  const end = virtual.range?.endIndex ?? 0;
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    const near = end >= rows.length - AHEAD;
    if (near && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [end, rows.length, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);

  const begin = (place: Place, draft?: string): boolean => {
    const row = cell.rowOf(place);
    if (!row || !editing.canEdit(place.column)) return false;
    cell.goTo(place, false);
    editing.begin(row, place.column, draft);
    return true;
  };
  const finish = (row: Row, place: Place, draft: string, leave: Leave): string | undefined => {
    const problem = editing.finish(row, place, draft, leave);
    if (problem || leave === 'left') return problem;
    const index = cell.indexOf(place);
    const next =
      leave === 'enter'
        ? { ...place, rowId: rows[index + 1]?.id ?? place.rowId }
        : nextEditable(rows, columns, place, index, leave);
    if (leave === 'enter' || !next) cell.goTo(next ?? place, true);
    else begin(next);
    return undefined;
  };
  const open = (place: Place) => {
    const row = cell.rowOf(place);
    if (row && !begin(place)) props.onOpenRow(row);
  };
  const onClick = (event: MouseEvent) => {
    const place = placeOf(event.target);
    const row = place && cell.rowOf(place);
    if (!row) return;
    const { act } = (event.target as HTMLElement).closest<HTMLElement>('[data-act]')?.dataset ?? {};
    if (act === 'select') selection?.toggle(String(row.id), event.shiftKey);
    else if (act === 'open') props.onOpenRow(row);
    else if (isTouch(event) && cell.isAt(place)) begin(place);
    cell.goTo(place, false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    const row = place && cell.rowOf(place);
    if (!row) return;
    const where = {
      row: cell.indexOf(place),
      column: place.column,
      rows: rows.length,
      columns: columns.length,
      page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2),
    };
    const action = gridAction(event, where);
    if (!action) return;
    if (action.do === 'move') cell.goTo({ rowId: rows[action.row]!.id, column: action.column }, true);
    else if (action.do === 'open') open(place);
    else if (action.do === 'select') selection?.toggle(String(row.id), event.shiftKey);
    else if (action.do === 'delete' && selection?.ids.length) props.onDelete();
    else if (action.do === 'escape') {
      if (editing.failureAt(place)) editing.forget(place);
      else selection?.clear();
    } else if (action.do === 'type') {
      const draft = firstDraft(columns[place.column]!, action.text);
      if (draft === null || !begin(place, draft)) return;
    }
    event.preventDefault();
  };
  const onCopy = (event: ClipboardEvent) => {
    const place = placeOf(event.target);
    const row = place && cell.rowOf(place);
    if (!row) return;
    const { name, type } = columns[place.column]!;
    event.clipboardData.setData('text/plain', toText(row[name], type));
    event.preventDefault();
  };
  const failuresOf = (row: Row) => {
    const found = columns.flatMap((_, column) => {
      const failure = editing.failureAt({ rowId: row.id, column });
      return failure ? [[column, failure] as const] : [];
    });
    return found.length > 0 ? new Map(found) : null;
  };
  const at = editing.editing;
  return (
    <div
      ref={scroller}
      className={cn(
        'min-h-0 flex-1 overflow-auto overscroll-contain bg-background transition-opacity',
        query.isPlaceholderData && 'opacity-60',
      )}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
        role="grid"
        aria-label={label}
        aria-rowcount={hasNextPage ? -1 : rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable={selection ? true : undefined}
        className="min-w-full table-fixed border-separate border-spacing-0"
        style={{ width: columns.reduce((sum, { width }) => sum + width, 0) }}
        onClick={onClick}
        onDoubleClick={(event) => {
          const place = placeOf(event.target);
          if (place) begin(place);
        }}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onFocus={(event) => {
          const place = placeOf(event.target);
          if (place) cell.goTo(place, false);
        }}
      >
        <colgroup>
          {columns.map(({ name, width }) => (
            <col key={name} style={{ width }} />
          ))}
          <col />
        </colgroup>
        <GridHead
          columns={columns}
          order={props.order}
          onOrderChange={(order) => {
            scroller.current?.scrollTo({ top: 0 });
            props.onOrderChange(order);
          }}
          selected={selection ? allOf(selection, rows.length) : null}
          onSelectAll={() => selection?.toggleAll()}
        />
        <tbody>
          {withGaps(virtual.getVirtualItems(), virtual.getTotalSize()).map((slot) => {
            if ('gap' in slot) {
              return (
                <tr key={slot.key} aria-hidden>
                  <td style={{ height: slot.gap }} />
                </tr>
              );
            }
            const row = rows[slot.index];
            if (!row) return null;
            const editor = at?.rowId === row.id ? at : null;
            return (
              <GridRow
                key={row.id}
                row={row}
                index={slot.index}
                columns={columns}
                from={from}
                to={to}
                selected={selection ? selection.has(String(row.id)) : null}
                active={cell.columnIn(slot.index)}
                failures={editing.refused > 0 ? failuresOf(row) : null}
                editor={
                  editor && {
                    column: editor.column,
                    node: (
                      <CellEditor
                        key={editor.column}
                        type={columns[editor.column]!.type}
                        label={`${columns[editor.column]!.name} of row ${row.id}`}
                        draft={editor.draft}
                        onFinish={(draft, leave) => finish(row, editor, draft, leave)}
                        onCancel={() => {
                          editing.cancel();
                          cell.goTo(editor, true);
                        }}
                      />
                    ),
                  }
                }
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function allOf(selection: Selection, rows: number): boolean | 'indeterminate' {
  if (selection.ids.length === 0) return false;
  return selection.ids.length === rows ? true : 'indeterminate';
}
