import { core, list } from '../n8n-export-values.ts';
import type { ExportedNode } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** The first version of n8n's Merge, which always waited for both inputs; undefined when it cannot say this. */
export function firstVersionOf(parameters: Values): ExportedNode | undefined {
  const made = modeOf(parameters);
  return made && core('merge', 1, compact(made));
}

function modeOf(parameters: Values): Values | undefined {
  const options = record(parameters.options);
  const [pair, ...others] = list(parameters.match);
  const names = { propertyName1: pair?.field1, propertyName2: pair?.field2 };
  switch (parameters.mode) {
    case 'append':
      return { mode: 'append' };
    case 'choose-branch':
      if (parameters.branch === 'empty') return { mode: 'wait' };
      return { mode: 'passThrough', output: parameters.branchInput === 2 ? 'input2' : undefined };
    case 'all':
      return { mode: 'multiplex' };
    case 'position':
      return { mode: 'mergeByIndex', join: JOIN[String(parameters.unpaired)] };
    case 'fields':
      if (others.length > 0) return undefined;
      if (parameters.keep === 'enrich-input1')
        return { mode: 'mergeByKey', ...names, overwrite: overwriteOf(parameters.clash, options) };
      if (parameters.outputFrom !== 'input1') return undefined;
      if (parameters.keep === 'non-matches') return { mode: 'removeKeyMatches', ...names };
      return parameters.keep === 'matches' ? { mode: 'keepKeyMatches', ...names } : undefined;
    default:
      return undefined;
  }
}

const JOIN: Record<string, string> = { drop: 'inner', 'keep-input1': 'left', keep: 'outer' };

function overwriteOf(clash: unknown, { overwriteEmpty }: Values): string | undefined {
  if (clash !== 'first') return undefined;
  return overwriteEmpty === true ? 'blank' : 'undefined';
}
