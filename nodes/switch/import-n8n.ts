import type { Conditions } from '../fields.ts';
import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { conditionsOf, legacyRow } from '../n8n-conditions.ts';
import { compact, record, rows, text } from '../n8n-values.ts';
import { FALLBACK_PORT, outputPort } from './definition.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.switch'],
    map: (node, version) => (version < 3 ? mapOld(node, version) : mapNew(node)),
  },
];

function mapNew({ parameters }: N8nNode): ImportedNode {
  if (parameters.mode === 'expression') return byNumber(parameters.numberOutputs, parameters.output);
  const options = record(parameters.options);
  const group = record(parameters.rules).values === undefined ? 'rules' : 'values';
  const rules = rows(parameters.rules, group).map((row) =>
    compact({
      name: text(row.outputKey) || undefined,
      conditions: conditionsOf(row.conditions, parameters),
    }),
  );
  return byRules(
    rules,
    rules.map((_, i) => outputPort(i)),
    options.fallbackOutput,
    {
      fallbackName: text(options.renameFallbackOutput) || undefined,
      options: options.allMatchingOutputs === true ? { allMatching: true } : undefined,
    },
  );
}

/** Version 1 and 2: one value against rules. In version 1 each rule names one of four outputs, so two may share one. */
function mapOld({ parameters }: N8nNode, version: number): ImportedNode {
  if (parameters.mode === 'expression') {
    return byNumber(version < 2 ? 4 : (parameters.outputsAmount ?? 4), parameters.output);
  }
  const type = text(parameters.dataType, 'number');
  const blanks: Record<string, string> = {
    boolean: 'equal',
    dateTime: 'after',
    number: 'smaller',
    string: 'equal',
  };
  const list = rows(parameters.rules, 'rules');
  const rules = list.map((row) => {
    const conditions: Conditions = {
      combinator: 'and',
      loose: true,
      rows: [legacyRow(type, text(row.operation, blanks[type]), parameters.value1, row.value2)],
    };
    return compact({ name: text(row.outputKey) || undefined, conditions });
  });
  if (version >= 2)
    return byRules(
      rules,
      rules.map((_, i) => outputPort(i)),
      parameters.fallbackOutput,
      {},
    );
  const outputs: string[][] = [[], [], [], []];
  for (const [i, row] of list.entries()) outputs[Number(row.output ?? 0)]?.push(outputPort(i));
  return byRules(rules, outputs, parameters.fallbackOutput, {});
}

const byNumber = (outputs: unknown, output: unknown): ImportedNode => ({
  type: 'switch',
  parameters: { mode: 'expression', outputs: Number(outputs ?? 4) || 4, output: output ?? 0 },
});

/** A fallback to an output of a rule is an extra port of ours with the edges of that output. */
function byRules(
  rules: Record<string, unknown>[],
  outputs: (string | string[])[],
  fallback: unknown,
  more: Record<string, unknown>,
): ImportedNode {
  const target = fallback === 'extra' ? rules.length : Number(fallback ?? -1);
  const falls = fallback !== 'none' && Number.isInteger(target) && target >= 0;
  const ports = outputs.map((port, i) => (falls && i === target ? [port, FALLBACK_PORT].flat() : port));
  if (falls && target === outputs.length) ports.push(FALLBACK_PORT);
  return {
    type: 'switch',
    parameters: compact({ mode: 'rules', rules, fallback: falls ? 'extra' : 'none', ...more }),
    outputs: ports,
  };
}
