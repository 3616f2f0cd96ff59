import { NodeError } from '#engine/errors.ts';

/** Rows and columns from 0, ends included. */
export interface CellRange {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

const ALL: CellRange = {
  firstRow: 0,
  lastRow: Number.POSITIVE_INFINITY,
  firstColumn: 0,
  lastColumn: Number.POSITIVE_INFINITY,
};

/** `A2:D10`, `B:D`, `5` (from row 5 on), `C3` (from there on); empty: everything. Throws NodeError(config). */
export function parseRange(text: string | undefined): CellRange {
  const range = (text ?? '').trim().toUpperCase();
  if (range === '') return ALL;
  const match = /^\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?$/.exec(range);
  if (!match)
    throw new NodeError(
      'config',
      `“${range.slice(0, 50)}” is no range. Write A2:D10, B:D, or the row to begin with.`,
      {
        field: 'options.range',
      },
    );
  const [, fromColumn, fromRow, toColumn, toRow] = match;
  return {
    firstRow: fromRow ? Math.max(0, Number(fromRow) - 1) : 0,
    lastRow: toRow ? Number(toRow) - 1 : Number.POSITIVE_INFINITY,
    firstColumn: fromColumn ? columnIndex(fromColumn) : 0,
    lastColumn: toColumn ? columnIndex(toColumn) : Number.POSITIVE_INFINITY,
  };
}

/** A is 0, Z is 25, AA is 26. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (let i = 0; i < letters.length; i++) index = index * 26 + letters.charCodeAt(i) - 64;
  return index - 1;
}

/** The part of a row that is in the range. */
export const cut = (row: unknown[], { firstColumn, lastColumn }: CellRange): unknown[] =>
  firstColumn === 0 && lastColumn >= row.length - 1 ? row : row.slice(firstColumn, lastColumn + 1);
