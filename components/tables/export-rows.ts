import type { z } from 'zod';
import type { rowSchema, TableColumn } from '#server/tables/schema.ts';

export type Row = z.output<typeof rowSchema>;

export const toJson = (rows: readonly Row[]): string => JSON.stringify(rows, null, 2);

/** RFC 4180, with a head; what is empty is an empty cell. */
export function toCsv(columns: readonly TableColumn[], rows: readonly Row[]): string {
  const names = ['id', ...columns.map(({ name }) => name), 'createdAt', 'updatedAt'];
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it: what stands in a table may come from a
 * stranger. Negative numbers and telephone numbers are left alone.
 */
function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const formula = /^[=@\t\r]/.test(value) || (/^[+-]/.test(value) && !/^[+-][\d\s().,/-]*$/.test(value));
  const text = formula ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
