import type { N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';
import { isPlain } from '../paths.ts';

const OPERATIONS: Record<string, string> = {
  insert: 'insert',
  get: 'get',
  update: 'update',
  upsert: 'upsert',
  deleteRows: 'delete',
  rowExists: 'exists',
  rowNotExists: 'exists',
};
/** Theirs returns what there is, unless a limit is set. */
const MANY = 10_000;
const DEFAULT_LIMIT = 50;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.dataTable'],
    map: (node) => {
      const { parameters } = node;
      const name = text(parameters.operation, 'insert');
      const operation = OPERATIONS[name];
      if (text(parameters.resource, 'row') !== 'row')
        return 'Tables themselves are made on the page “Tables”.';
      if (!operation) return null;
      const table = tableOf(node);
      return {
        type: 'data-table',
        parameters: compact({
          operation,
          table,
          ...(operation === 'insert' ? {} : filterOf(parameters)),
          ...(['insert', 'update', 'upsert'].includes(operation) ? valuesOf(parameters) : {}),
          ...(operation === 'get' ? orderOf(parameters) : {}),
        }),
        ...(operation === 'exists' ? { outputs: [name === 'rowExists' ? 'found' : 'missing'] } : {}),
        approximated: table
          ? `Its table is not part of the file: make a table “${table}” with the same columns.`
          : 'Its table is not part of the file: choose one.',
      };
    },
  },
];

/** By its name: ids of another installation mean nothing here. */
function tableOf({ parameters }: N8nNode): string {
  const table = parameters.dataTableId;
  return isPlain(table) ? text(table.cachedResultName) || text(table.value) : text(table);
}

function filterOf(parameters: N8nNode['parameters']) {
  return {
    match: text(parameters.matchType, 'anyCondition') === 'allConditions' ? 'all' : 'any',
    conditions: rows(parameters.filters, 'conditions').map((condition) =>
      compact({
        column: text(condition.keyName),
        operator: text(condition.condition, 'eq'),
        value: condition.keyValue === undefined ? undefined : text(condition.keyValue),
      }),
    ),
  };
}

function valuesOf(parameters: N8nNode['parameters']) {
  const columns = record(parameters.columns);
  if (text(columns.mappingMode, 'defineBelow') === 'autoMapInputData') return { mode: 'auto' };
  return {
    mode: 'define',
    values: Object.entries(record(columns.value))
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([column, value]) => ({ column, value: text(value) })),
  };
}

function orderOf(parameters: N8nNode['parameters']) {
  const limit = parameters.returnAll === true ? MANY : Number(parameters.limit ?? DEFAULT_LIMIT);
  return compact({
    limit: Number.isInteger(limit) ? limit : MANY,
    orderBy: parameters.orderBy === true ? text(parameters.orderByColumn) : undefined,
    descending:
      parameters.orderBy === true ? text(parameters.orderByDirection, 'DESC') === 'DESC' : undefined,
  });
}
