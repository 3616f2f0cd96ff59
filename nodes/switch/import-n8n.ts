import type { Condition, Conditions } from '../fields.ts';
import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { conditionsOf, legacyRow } from '../n8n-conditions.ts';
import { compact, record, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** The first version always had four outputs. */
const FIRST_OUTPUTS = 4;
const BLANKS: Record<string, string> = {
  boolean: 'equal',
  dateTime: 'after',
  number: 'smaller',
  string: 'equal',
};

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
    compact({ name: text(row.outputKey) || undefined, conditions: conditionsOf(row.conditions, parameters) }),
  );
  return byRules(rules, options.fallbackOutput, {
    fallbackName: text(options.renameFallbackOutput) || undefined,
    options: options.allMatchingOutputs === true ? { allMatching: true } : undefined,
  });
}

/** Version 1 and 2: one value against rules of one comparison each. */
function mapOld({ parameters }: N8nNode, version: number): ImportedNode {
  if (parameters.mode === 'expression') {
    return byNumber(version < 2 ? FIRST_OUTPUTS : parameters.outputsAmount, parameters.output);
  }
  const type = text(parameters.dataType, 'number');
  const list = rows(parameters.rules, 'rules');
  const rowOf = (row: Values) =>
    legacyRow(type, text(row.operation, BLANKS[type]), parameters.value1, row.value2);
  if (version >= 2) {
    const rules = list.map((row) =>
      compact({ name: text(row.outputKey) || undefined, conditions: anyOf([rowOf(row)]) }),
    );
    return byRules(rules, parameters.fallbackOutput);
  }
  // There, each rule named its output, and several could name the same one.
  const byOutput: Condition[][] = Array.from({ length: FIRST_OUTPUTS }, () => []);
  for (const row of list) byOutput[Number(row.output ?? 0)]?.push(rowOf(row));
  return byRules(
    byOutput.map((conditions) => ({ conditions: anyOf(conditions) })),
    parameters.fallbackOutput,
  );
}

/** Without rows it is never met. */
const anyOf = (conditions: Condition[]): Conditions => ({ combinator: 'or', loose: true, rows: conditions });

const byNumber = (outputs: unknown, output: unknown): ImportedNode => ({
  type: 'switch',
  parameters: { mode: 'expression', outputs: Number(outputs ?? 4) || 4, output: output ?? 0 },
});

/** What meets no rule went nowhere, to an output of its own, or to that of a rule. */
function byRules(rules: Values[], fallback: unknown, more: Values = {}): ImportedNode {
  const parameters = compact({ mode: 'rules', rules, ...more });
  const output = fallback === 'extra' ? rules.length : Number(fallback ?? -1);
  if (fallback === 'none' || !Number.isInteger(output) || output < 0) return { type: 'switch', parameters };
  if (output >= rules.length) return { type: 'switch', parameters: { ...parameters, fallback: 'extra' } };
  return { type: 'switch', parameters: { ...parameters, fallback: 'output', fallbackOutput: output } };
}
