import { z } from 'zod';

export const COLUMN_TYPES = ['string', 'number', 'boolean', 'date'] as const;
/** Every row has these beside the table's own columns. */
export const SYSTEM_COLUMNS = { id: 'number', createdAt: 'date', updatedAt: 'date' } as const;
export const MAX_COLUMNS = 100;

export const columnSchema = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'Letters, digits and _ only, and no digit first.')
    .refine((name) => !(name in SYSTEM_COLUMNS), { error: 'Every table has this column already.' }),
  type: z.enum(COLUMN_TYPES),
});
export type TableColumn = z.output<typeof columnSchema>;
export type ColumnType = TableColumn['type'];

const columnsSchema = z
  .array(columnSchema)
  .max(MAX_COLUMNS)
  .refine((columns) => new Set(columns.map((column) => column.name)).size === columns.length, {
    error: 'Two columns have the same name.',
  });
const nameSchema = z.string().trim().min(1, 'Enter a name.').max(100);

export const tableSchema = z.object({
  id: z.string(),
  name: z.string(),
  columns: z.array(columnSchema),
  rowCount: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Table = z.output<typeof tableSchema>;

export const createTableSchema = z.object({ name: nameSchema, columns: columnsSchema.default([]) });
/** Columns that are left out go, with what is in them; new ones are empty. A column keeps its type. */
export const updateTableSchema = z.object({
  id: z.uuid(),
  name: nameSchema.optional(),
  columns: columnsSchema.optional(),
});

export const OPERATORS = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'like',
  'ilike',
  'isEmpty',
  'isNotEmpty',
  'isTrue',
  'isFalse',
] as const;
export const rowFilterSchema = z.object({
  match: z.enum(['all', 'any']).default('all'),
  conditions: z
    .array(z.object({ column: z.string(), operator: z.enum(OPERATORS), value: z.unknown().optional() }))
    .max(50)
    .default([]),
});
export type RowFilter = z.output<typeof rowFilterSchema>;

export const rowSchema = z
  .object({ id: z.number(), createdAt: z.string(), updatedAt: z.string() })
  .catchall(z.unknown());

export const listRowsSchema = z.object({
  id: z.uuid(),
  filter: rowFilterSchema.prefault({}),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  order: z.enum(['oldest', 'newest']).default('oldest'),
  /** The id of the last row of the page before. */
  cursor: z.coerce.number().int().optional(),
});
export const rowPageSchema = z.object({ data: z.array(rowSchema), nextCursor: z.number().nullable() });
export const addRowsSchema = z.object({
  id: z.uuid(),
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(1_000),
});
export const updateRowSchema = z.object({
  id: z.uuid(),
  rowId: z.coerce.number().int(),
  values: z.record(z.string(), z.unknown()),
});
export const deleteRowsSchema = z.object({
  id: z.uuid(),
  rowIds: z.array(z.coerce.number().int()).min(1).max(1_000),
});
