import { core, inverted, list, noDots, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

const RESOLVE = inverted({ preferInput1: 'a', preferInput2: 'b', mix: 'mix', includeBoth: 'both' });

/** Early versions told missing fields from empty ones, and named the sides differently. */
export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const isFirst = options.nameA === 'input1' && options.nameB === 'input2';
  const version = isFirst ? 1 : options.strictMissing === true ? 2 : 2.3;
  const mixes = parameters.resolve === 'mix';
  const fuzzy = on(options.fuzzy);
  return core('compareDatasets', version, {
    mergeByFields: {
      values: list(parameters.match).map(({ fieldA, fieldB }) => ({ field1: fieldA, field2: fieldB })),
    },
    resolve: RESOLVE[String(parameters.resolve)],
    preferWhenMix: mixes ? (parameters.prefer === 'b' ? 'input2' : 'input1') : undefined,
    exceptWhenMix: mixes ? parameters.except || undefined : undefined,
    fuzzyCompare: version >= 2 ? fuzzy : undefined,
    options: compact({
      fuzzyCompare: version < 2 ? fuzzy : undefined,
      skipFields: options.skipFields,
      multipleMatches: options.multipleMatches === 'all' ? 'all' : undefined,
      disableDotNotation: noDots(options),
    }),
  });
};
