'use client';
import { Maximize2 } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#lib/cn.ts';
import type { Row } from '../export-rows.ts';
import { CellValue } from './cell-value.tsx';
import type { GridColumn } from './grid-columns.ts';
import type { Failure } from './use-cell-editing.ts';

export const ROW_HEIGHT = 36;

interface Props {
  row: Row;
  /** Its place in the grid, from 0. */
  index: number;
  columns: readonly GridColumn[];
  /** Which columns are in sight; see useVirtualColumns. */
  from: number;
  to: number;
  /** null: rows cannot be selected. */
  selected: boolean | null;
  /** Index of the cell that has, or would get, the focus. */
  active: number | null;
  editor: { column: number; node: ReactNode } | null;
  /** Refused edits of this row by column; null: none, which most rows have. */
  failures: ReadonlyMap<number, Failure> | null;
}

/** Clicks and keys are the grid's: a row has no handlers of its own, so that it is drawn again only when it changes. */
export const GridRow = memo(function GridRow({
  row,
  index,
  columns,
  from,
  to,
  selected,
  active,
  editor,
  failures,
}: Props) {
  // the cell with the focus stays, wherever one scrolls: its row is drawn in full
  const whole = active !== null || editor !== null;
  const start = whole ? 1 : from;
  const end = whole ? columns.length : to;
  return (
    <tr
      data-row={row.id}
      aria-rowindex={index + 2}
      aria-selected={selected ?? undefined}
      className={cn('group', selected ? 'bg-accent-soft' : 'bg-surface hover:bg-muted')}
      style={{ height: ROW_HEIGHT }}
    >
      {columns.map((column, i) => {
        if (i > 0 && (i < start || i >= end)) {
          const rest = i === 1 ? start - 1 : columns.length - end;
          return i === 1 || i === end ? <td key={column.name} aria-hidden colSpan={rest} /> : null;
        }
        const { name, type, own } = column;
        const failure = failures?.get(i);
        const editing = editor?.column === i;
        return (
          <td
            key={name}
            data-column={i}
            aria-colindex={i + 1}
            aria-invalid={failure ? true : undefined}
            tabIndex={active === i ? 0 : -1}
            className={cn(
              'group/cell relative h-9 border-r border-b border-border/70 px-2.5 py-0 text-xs outline-none select-none focus:z-5 focus:outline-2 focus:-outline-offset-2 focus:outline-ring focus:outline-solid',
              // what scrolls into sight must not end up below the head or the first column
              'scroll-mt-9 scroll-mb-2',
              i > 0 && 'scroll-ml-26',
              i === 0 && 'sticky left-0 z-10 border-r-border bg-inherit pl-3 focus:z-10',
              type === 'number' && i > 0 && 'text-right tabular-nums',
              type === 'date' && 'whitespace-nowrap tabular-nums',
              !own && 'text-foreground-muted',
              editing && 'z-20 focus:z-20',
              failure && 'outline-2 -outline-offset-2 outline-danger outline-solid focus:outline-danger',
            )}
          >
            {i === 0 ? <RowHead id={row.id} selected={selected} /> : null}
            {i > 0 && failure ? (
              <span className="block truncate text-danger">{failure.draft}</span>
            ) : i > 0 ? (
              <CellValue value={row[name]} type={type} />
            ) : null}
            {failure && !editing ? (
              <span className="absolute top-full left-0 z-20 hidden w-max max-w-64 rounded-md bg-danger px-2 py-1 text-left whitespace-normal text-danger-foreground shadow-raised group-hover/cell:block group-focus/cell:block">
                {failure.message}
              </span>
            ) : null}
            {editing ? editor.node : null}
          </td>
        );
      })}
      <td aria-hidden className="border-b border-border/70 p-0" />
    </tr>
  );
});

/** Keys reach both through the cell around them: space selects, Enter opens. */
function RowHead({ id, selected }: { id: number; selected: boolean | null }) {
  return (
    <span className="flex items-center gap-2.5">
      {selected === null ? null : (
        <Checkbox
          tabIndex={-1}
          data-act="select"
          aria-label={`Select row ${id}`}
          checked={selected}
          className="after:absolute after:inset-y-0 after:left-0 after:w-9"
        />
      )}
      <button
        type="button"
        tabIndex={-1}
        data-act="open"
        aria-label={`Open row ${id}`}
        className="inline-flex min-w-0 items-center gap-1.5 tabular-nums underline-offset-4 hover:text-foreground hover:underline after:absolute after:inset-y-0 after:right-0 after:left-9"
      >
        {id}
        <Maximize2
          aria-hidden="true"
          className="size-3 text-foreground-subtle opacity-0 group-hover:opacity-100 max-sm:hidden"
        />
      </button>
    </span>
  );
}
