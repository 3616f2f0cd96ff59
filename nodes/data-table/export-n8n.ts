import { asStated, columns, core, inverted, list } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

type Values = Record<string, unknown>;

const OPERATIONS = inverted({
  insert: 'insert',
  get: 'get',
  update: 'update',
  upsert: 'upsert',
  deleteRows: 'delete',
});
/** As many as there may be. */
const MANY = 10_000;

export const exporter: N8nExporter = ({ parameters: all }, { isConnected, stated }) => {
  const parameters = asStated(all, stated, 'conditions');
  const operation = String(parameters.operation ?? 'insert');
  const asks = operation === 'exists';
  // Theirs goes on in one of both cases only.
  const missing = asks && isConnected('missing') && !isConnected('found');
  return core(
    'dataTable',
    1,
    {
      operation: asks ? (missing ? 'rowNotExists' : 'rowExists') : OPERATIONS[operation],
      dataTableId: {
        __rl: true,
        mode: 'name',
        value: parameters.table,
        cachedResultName: parameters.table,
      },
      ...(operation === 'insert' ? {} : filterOf(parameters)),
      ...(['insert', 'update', 'upsert'].includes(operation) ? { columns: columnsOf(parameters) } : {}),
      ...(operation === 'get' ? orderOf(parameters) : {}),
    },
    {
      ...(asks ? { outputs: [missing ? 'missing' : 'found'] } : {}),
      approximated: 'Its table does not go along: make one with the same columns in n8n and choose it.',
    },
  );
};

const filterOf = ({ match, conditions }: Values): Values => ({
  matchType: match === 'all' ? 'allConditions' : undefined,
  filters: {
    conditions: list(conditions).map(({ column, operator, value }) => ({
      keyName: column,
      ...(operator === undefined || operator === 'eq' ? {} : { condition: operator }),
      ...(value === undefined ? {} : { keyValue: value }),
    })),
  },
});

const columnsOf = ({ mode, values }: Values): Values =>
  mode === 'auto'
    ? { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] }
    : columns(Object.fromEntries(list(values).map(({ column, value }) => [String(column), value])));

const orderOf = ({ limit, orderBy, descending }: Values): Values => ({
  ...(limit === MANY ? { returnAll: true } : { limit }),
  ...(orderBy
    ? { orderBy: true, orderByColumn: orderBy, orderByDirection: descending === true ? undefined : 'ASC' }
    : {}),
});
