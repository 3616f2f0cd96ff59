import { core, list, noDots, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** Groups as text, and what happens when a field is missing, are known to early versions only. */
export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const strict = options.missing === 'fail' || options.missing === 'empty';
  const listNode = options.textGroups === true && !strict;
  return core(listNode ? 'itemLists' : 'summarize', listNode ? 3.1 : strict ? 1 : 1.1, {
    operation: listNode ? 'summarize' : undefined,
    fieldsToSummarize: { values: list(parameters.values).map(figureOf) },
    fieldsToSplitBy: parameters.groupBy || undefined,
    options: compact({
      disableDotNotation: noDots(options),
      outputFormat: options.output === 'nested' ? 'singleItem' : undefined,
      skipEmptySplitFields: on(options.skipEmptyGroups),
      continueIfFieldNotFound: options.missing === 'empty' ? true : undefined,
    }),
  });
};

const SEPARATORS: ReadonlySet<unknown> = new Set([',', ', ', '\n', '', ' ']);

function figureOf({ aggregation, field, includeEmpty, separator }: Values): Values {
  return compact({
    aggregation,
    field,
    includeEmpty: on(includeEmpty),
    ...(aggregation !== 'concatenate'
      ? {}
      : SEPARATORS.has(separator)
        ? { separateBy: separator }
        : { separateBy: 'other', customSeparator: separator }),
  });
}
