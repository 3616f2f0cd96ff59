import { AppError } from '../errors.ts';
import type { ColumnType, TableColumn } from './schema.ts';

/** Values of a row as they are stored, by the types of the columns. Throws BAD_REQUEST that names the column. */
export function toStored(
  columns: readonly TableColumn[],
  values: Readonly<Record<string, unknown>>,
): Record<string, string | number | boolean | null> {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const type = types.get(name);
      if (!type) throw noColumn(name, columns);
      return [name, toType(value, type, name)];
    }),
  );
}

export const noColumn = (name: string, columns: readonly TableColumn[]) =>
  new AppError(
    'BAD_REQUEST',
    `The table has no column “${name.slice(0, 100)}”; it has ${columns.map((column) => column.name).join(', ') || 'none'}.`,
  );

/** null and undefined are empty in every type. */
export function toType(value: unknown, type: ColumnType, name: string): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  const converted = CONVERT[type](value);
  if (converted !== undefined) return converted;
  throw new AppError(
    'BAD_REQUEST',
    `The column “${name}” takes ${WORDS[type]}, not ${JSON.stringify(value)?.slice(0, 100)}.`,
  );
}

const WORDS = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date (ISO 8601)',
} as const;

/** undefined: it cannot be converted. */
const CONVERT: Record<ColumnType, (value: unknown) => string | number | boolean | null | undefined> = {
  string: (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? null)),
  number: (value) => {
    if (value === '') return null;
    const number = typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return value;
    if (value === '') return null;
    return BOOLEANS.get(String(value).toLowerCase());
  },
  date: (value) => {
    if (value === '') return null;
    const date = typeof value === 'string' || typeof value === 'number' ? new Date(value) : null;
    return date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
  },
};
const BOOLEANS = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
]);
