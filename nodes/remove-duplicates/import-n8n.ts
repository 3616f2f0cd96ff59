import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, fieldNames, record, text } from '../n8n-values.ts';

const COMPARE: Record<string, string> = { selectedFields: 'selected', allFieldsExcept: 'except' };

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.removeDuplicates'], map: mapRemove },
  {
    types: ['n8n-nodes-base.itemLists'],
    map: (node) => (node.parameters.operation === 'removeDuplicates' ? mapRemove(node) : null),
  },
];

/** Since version 2 it has operations. */
function mapRemove({ parameters }: N8nNode): ImportedNode {
  const operation = text(parameters.operation, 'removeDuplicateInputItems');
  if (operation === 'removeItemsSeenInPreviousExecutions') return mapSeen(parameters);
  if (operation === 'clearDeduplicationHistory')
    return { type: 'remove-duplicates', parameters: { operation: 'forget', scope: scopeOf(parameters) } };
  const compare = COMPARE[text(parameters.compare)] ?? 'all';
  const options = record(parameters.options);
  const names = compare === 'selected' ? parameters.fieldsToCompare : parameters.fieldsToExclude;
  return {
    type: 'remove-duplicates',
    parameters: compact({
      compare,
      fields: compare === 'all' ? undefined : fieldNames(names),
      options: compact({
        dotNotation: options.disableDotNotation === true ? false : undefined,
        removeOtherFields: options.removeOtherFields === true || undefined,
        failIfMissing: compare === 'selected' || undefined,
      }),
    }),
  };
}

const scopeOf = (parameters: N8nNode['parameters']) =>
  text(record(parameters.options).scope) === 'workflow' ? 'workflow' : 'node';

/** By its logic: what is compared, and under which name the value stands. */
const LOGIC: Record<string, [string, string]> = {
  removeItemsWithAlreadySeenKeyValues: ['key', 'dedupeValue'],
  removeItemsUpToStoredIncrementalKey: ['number', 'incrementalDedupeValue'],
  removeItemsUpToStoredDate: ['date', 'dateDedupeValue'],
};
const MOST_REMEMBERED = 25_000;

function mapSeen(parameters: N8nNode['parameters']): ImportedNode {
  const [compare, value] = LOGIC[text(parameters.logic)] ?? ['key', 'dedupeValue'];
  const history = Number(record(parameters.options).historySize ?? 10_000);
  return {
    type: 'remove-duplicates',
    parameters: compact({
      operation: 'seen',
      compare,
      value: text(parameters[value]),
      scope: scopeOf(parameters),
      history: compare === 'key' ? Math.min(history || 1, MOST_REMEMBERED) : undefined,
    }),
    ...(history > MOST_REMEMBERED ? { approximated: `It remembers ${MOST_REMEMBERED} values at most.` } : {}),
  };
}
