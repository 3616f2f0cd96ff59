import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';

const RESOLVE: Record<string, string> = {
  preferInput1: 'a',
  preferInput2: 'b',
  mix: 'mix',
  includeBoth: 'both',
};

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.compareDatasets'], map: mapCompare },
];

function mapCompare({ parameters }: N8nNode, version: number): ImportedNode {
  const options = record(parameters.options);
  const resolve = RESOLVE[text(parameters.resolve)] ?? (version < 2.1 ? 'b' : 'both');
  const fuzzy = version < 2 ? options.fuzzyCompare : parameters.fuzzyCompare;
  return {
    type: 'compare-datasets',
    parameters: compact({
      match: rows(parameters.mergeByFields, 'values').map((row) => ({
        fieldA: text(row.field1),
        fieldB: text(row.field2),
      })),
      resolve,
      prefer: resolve === 'mix' && parameters.preferWhenMix === 'input2' ? 'b' : undefined,
      except: resolve === 'mix' ? text(parameters.exceptWhenMix) || undefined : undefined,
      options: compact({
        skipFields: text(options.skipFields) || undefined,
        fuzzy: fuzzy === true || undefined,
        // Until version 2 a field that was not there differed from an empty one.
        strictMissing: version < 2.1 || undefined,
        multipleMatches: options.multipleMatches === 'all' ? 'all' : undefined,
        dotNotation: options.disableDotNotation === true ? false : undefined,
        nameA: version < 2 ? 'input1' : undefined,
        nameB: version < 2 ? 'input2' : undefined,
      }),
    }),
  };
}
