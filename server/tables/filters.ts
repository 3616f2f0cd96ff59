import { type ColumnType, type RowFilter, SYSTEM_COLUMNS, type TableColumn } from './schema.ts';
import { noColumn, toType } from './values.ts';

const SQL_TYPE: Record<ColumnType, string> = {
  string: 'text',
  number: 'float8',
  boolean: 'boolean',
  date: 'timestamptz',
};
const SYSTEM_SQL: Record<keyof typeof SYSTEM_COLUMNS, string> = {
  id: 'r.id',
  createdAt: 'r.created_at',
  updatedAt: 'r.updated_at',
};
const COMPARE = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * The filter as an SQL condition over `data_row r`; its values, and the names of columns, are added to `values` and
 * referred to by number, so that nothing of a user becomes SQL. Throws BAD_REQUEST that names the column.
 */
export function filterSql(columns: readonly TableColumn[], filter: RowFilter, values: unknown[]): string {
  const parts = filter.conditions.map(({ column, operator, value }) => {
    const { sql, type } = columnSql(columns, column, values);
    const put = (converted: unknown) => `$${values.push(converted)}::${SQL_TYPE[type]}`;
    switch (operator) {
      case 'isEmpty':
        return type === 'string' ? `coalesce(${sql}, '') = ''` : `${sql} is null`;
      case 'isNotEmpty':
        return type === 'string' ? `coalesce(${sql}, '') <> ''` : `${sql} is not null`;
      case 'isTrue':
      case 'isFalse':
        return type === 'boolean' ? `${sql} is ${operator === 'isTrue'}` : 'false';
      case 'like':
      case 'ilike':
        return `${sql}::text ${operator} $${values.push(String(value ?? ''))}::text`;
      default: {
        const converted = toType(value, type, column);
        if (converted === null && (operator === 'eq' || operator === 'neq'))
          return `${sql} is ${operator === 'eq' ? '' : 'not '}null`;
        if (operator === 'neq') return `${sql} is distinct from ${put(converted)}`;
        return `${sql} ${COMPARE[operator]} ${put(converted)}`;
      }
    }
  });
  if (parts.length === 0) return 'true';
  return `(${parts.join(filter.match === 'all' ? ' and ' : ' or ')})`;
}

/** A column as an SQL expression of its type. */
export function columnSql(
  columns: readonly TableColumn[],
  name: string,
  values: unknown[],
): { sql: string; type: ColumnType } {
  if (Object.hasOwn(SYSTEM_COLUMNS, name)) {
    const system = name as keyof typeof SYSTEM_COLUMNS;
    return { sql: SYSTEM_SQL[system], type: SYSTEM_COLUMNS[system] };
  }
  const column = columns.find((one) => one.name === name);
  if (!column) throw noColumn(name, columns);
  return { sql: `(r.data ->> $${values.push(name)})::${SQL_TYPE[column.type]}`, type: column.type };
}
