import type { z } from 'zod';
import { csvCell } from '#lib/csv-cell.ts';
import type { rowSchema, TableColumn } from '#server/tables/schema.ts';

export type Row = z.output<typeof rowSchema>;

export const toJson = (rows: readonly Row[]): string => JSON.stringify(rows, null, 2);

/** RFC 4180, with a head; what is empty is an empty cell. */
export function toCsv(columns: readonly TableColumn[], rows: readonly Row[]): string {
  const names = ['id', ...columns.map(({ name }) => name), 'createdAt', 'updatedAt'];
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}
