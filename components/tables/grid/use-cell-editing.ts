'use client';
import { useState } from 'react';
import { errorMessage } from '#components/trpc/errors.ts';
import { fromDraft, toDraft } from '../cell-values.ts';
import type { Row } from '../export-rows.ts';
import type { GridColumn } from './grid-columns.ts';
import type { RowChanges } from './use-row-changes.ts';

export interface Place {
  rowId: number;
  /** Index of the grid's column. */
  column: number;
}
/** What could not be saved: the draft stays until it is corrected or given up. */
export interface Failure {
  draft: string;
  message: string;
}
export type Editing = Place & { draft: string };

/** `left`: the focus went elsewhere, so there is nobody to show a problem to. */
export type Leave = 'enter' | 'next' | 'previous' | 'left';

const keyOf = ({ rowId, column }: Place) => `${rowId} ${column}`;

/** The one cell that is being edited, and those whose edits were refused. */
export function useCellEditing(
  columns: readonly GridColumn[],
  rows: readonly Row[],
  changes: RowChanges,
  mayEdit: boolean,
) {
  const [editing, setEditing] = useState<Editing | null>(null);
  const [failures, setFailures] = useState<ReadonlyMap<string, Failure>>(new Map());
  const forget = (place: Place) =>
    setFailures((known) => new Map([...known].filter(([key]) => key !== keyOf(place))));
  const remember = (place: Place, failure: Failure) =>
    setFailures((known) => new Map(known).set(keyOf(place), failure));
  return {
    editing,
    /** How many edits were refused and wait to be corrected, in rows that are still there; most of the time none. */
    refused: [...failures.keys()].filter((key) => rows.some(({ id }) => key.startsWith(`${id} `))).length,
    failureAt: (place: Place) => failures.get(keyOf(place)),
    forget,
    canEdit: (column: number) => mayEdit && columns[column]?.own === true,
    begin(row: Row, column: number, draft?: string) {
      const { name, type } = columns[column]!;
      const place = { rowId: row.id, column };
      setEditing({ ...place, draft: draft ?? failures.get(keyOf(place))?.draft ?? toDraft(row[name], type) });
    },
    cancel: () => setEditing(null),
    /** Gives what is wrong with the draft; then the cell stays open. */
    finish(row: Row, place: Place, draft: string, leave: Leave): string | undefined {
      const { name, type } = columns[place.column]!;
      const reading = fromDraft(draft, type);
      if ('problem' in reading) {
        if (leave !== 'left') return reading.problem;
        remember(place, { draft, message: reading.problem });
      }
      setEditing((now) => (now && keyOf(now) === keyOf(place) ? null : now));
      if ('problem' in reading) return undefined;
      forget(place);
      if (draft !== toDraft(row[name], type))
        changes
          .update(row, { [name]: reading.value })
          .catch((error: unknown) => remember(place, { draft, message: errorMessage(error) }));
      return undefined;
    },
  };
}
export type CellEditing = ReturnType<typeof useCellEditing>;
