import type { ColumnType, Table } from '#server/tables/schema.ts';

export interface GridColumn {
  name: string;
  type: ColumnType;
  /** In px. */
  width: number;
  /** id, createdAt and updatedAt are the server's. */
  own: boolean;
}

const WIDTHS: Record<ColumnType, number> = { string: 220, number: 120, boolean: 110, date: 176 };

/** What the grid shows, from left to right; the first one stays in sight. */
export const gridColumns = ({ columns }: Pick<Table, 'columns'>): GridColumn[] => [
  { name: 'id', type: 'number', width: 104, own: false },
  ...columns.map((column) => ({ ...column, width: widthOf(column.name, column.type), own: true })),
  { name: 'createdAt', type: 'date', width: WIDTHS.date, own: false },
  { name: 'updatedAt', type: 'date', width: WIDTHS.date, own: false },
];

/** A long name is not cut as long as it is not very long. */
const widthOf = (name: string, type: ColumnType) =>
  Math.max(WIDTHS[type], Math.min(320, 52 + name.length * 7.5));
