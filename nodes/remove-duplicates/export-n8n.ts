import { core, noDots, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

type Values = Record<string, unknown>;

const COMPARE: Record<string, string> = { selected: 'selectedFields', except: 'allFieldsExcept' };
/** By what is compared: their logic, and under which name the value stands. */
const LOGIC = new Map([
  ['key', ['removeItemsWithAlreadySeenKeyValues', 'dedupeValue']],
  ['number', ['removeItemsUpToStoredIncrementalKey', 'incrementalDedupeValue']],
  ['date', ['removeItemsUpToStoredDate', 'dateDedupeValue']],
] as const);

export const exporter: N8nExporter = ({ parameters }) => {
  if (parameters.operation === 'forget')
    return core('removeDuplicates', 2, {
      operation: 'clearDeduplicationHistory',
      mode: 'cleanDatabase',
      options: scopeOf(parameters),
    });
  if (parameters.operation === 'seen') {
    const [logic, value] = LOGIC.get(parameters.compare as 'key') ?? LOGIC.get('key')!;
    return core('removeDuplicates', 2, {
      operation: 'removeItemsSeenInPreviousExecutions',
      logic,
      [value]: parameters.value,
      options: {
        ...scopeOf(parameters),
        ...(parameters.compare === 'key' ? { historySize: parameters.history } : {}),
      },
    });
  }
  const options = record(parameters.options);
  return core('removeDuplicates', 2, {
    operation: 'removeDuplicateInputItems',
    compare: COMPARE[String(parameters.compare)],
    fieldsToCompare: parameters.compare === 'selected' ? parameters.fields : undefined,
    fieldsToExclude: parameters.compare === 'except' ? parameters.fields : undefined,
    options: compact({
      disableDotNotation: noDots(options),
      removeOtherFields: on(options.removeOtherFields),
    }),
  });
};

const scopeOf = ({ scope }: Values): Values => (scope === 'workflow' ? { scope } : {});
