import { asStated, core, list, noDots } from '../n8n-export-values.ts';
import type { ExportedNode, N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';
import { firstVersionOf } from './export-n8n-first.ts';

type Values = Record<string, unknown>;

const JOIN: Record<string, string> = {
  matches: 'keepMatches',
  'non-matches': 'keepNonMatches',
  everything: 'keepEverything',
  'enrich-input1': 'enrichInput1',
  'enrich-input2': 'enrichInput2',
};

/** What only early versions do is written in their way: n8n still runs them. */
export const exporter: N8nExporter = ({ parameters: all }, { stated }) => {
  const parameters = asStated(all, stated, 'outputFrom');
  return (
    (record(parameters.options).waitForAll === true ? firstVersionOf(parameters) : undefined) ??
    mergeOf(parameters)
  );
};

function mergeOf(parameters: Values): ExportedNode {
  const passesOther = record(parameters.options).passOther === true;
  const numberInputs = parameters.inputs === 2 ? undefined : parameters.inputs;
  switch (parameters.mode) {
    case 'fields':
      return byFields(parameters, passesOther);
    case 'position': {
      const how = 'ByPosition';
      return core('merge', passesOther ? 2.1 : 3.1, {
        mode: 'combine',
        ...(passesOther ? { combinationMode: `merge${how}` } : { combineBy: `combine${how}`, numberInputs }),
        options: compact({
          ...clashOf(parameters),
          includeUnpaired: parameters.unpaired === 'keep' ? true : undefined,
        }),
      });
    }
    case 'all':
      return core('merge', 3.1, { mode: 'combine', combineBy: 'combineAll', options: clashOf(parameters) });
    case 'sql':
      return core('merge', 3.2, {
        mode: 'combineBySql',
        numberInputs,
        query: parameters.query,
        options: record(parameters.options).successItem === true ? { emptyQueryResult: 'success' } : {},
      });
    case 'choose-branch':
      return core('merge', 3.1, {
        mode: 'chooseBranch',
        numberInputs,
        ...(parameters.branch === 'empty' ? { output: 'empty' } : { useDataOfInput: parameters.branchInput }),
      });
    default:
      return core('merge', 3.1, { mode: 'append', numberInputs });
  }
}

function byFields(parameters: Values, passesOther: boolean): ExportedNode {
  const options = record(parameters.options);
  const joins = {
    mergeByFields: { values: list(parameters.match).map(({ field1, field2 }) => ({ field1, field2 })) },
    joinMode: JOIN[String(parameters.keep)],
    outputDataFrom: parameters.outputFrom,
  };
  return core('merge', passesOther ? 2 : 3.1, {
    mode: 'combine',
    ...(passesOther ? { combinationMode: 'mergeByFields' } : { advanced: true }),
    ...joins,
    options: compact({
      ...clashOf(parameters),
      fuzzyCompare: options.fuzzy === true ? true : undefined,
      disableDotNotation: noDots(options),
      multipleMatches: options.firstMatchOnly === true ? 'first' : undefined,
    }),
  });
}

function clashOf({ clash, options }: Values): Values {
  const { deep, overwriteEmpty } = record(options);
  const values = compact({
    resolveClash: clash === 'suffix' ? 'addSuffix' : clash === 'first' ? 'preferInput1' : undefined,
    mergeMode: deep === false ? 'shallowMerge' : undefined,
    overrideEmpty: overwriteEmpty === true ? true : undefined,
  });
  return Object.keys(values).length > 0 ? { clashHandling: { values } } : {};
}
