import type { CaseFiles } from './case-files.ts';
import { workflowCases } from './cases.ts';
import { docExamples } from './doc-examples.ts';
import { expressions } from './expressions.ts';
import { filters } from './filters.ts';
import { functions } from './functions.ts';
import type { Row } from './rows.ts';
import { measureTemplates } from './templates.ts';
import { isTypedField, typedFields } from './typed-fields.ts';
import { type Measure, measure, type Verdict } from './verdict.ts';

/** Share that has to pass; a kind without one is for information. */
export const TARGETS: Readonly<Record<string, number>> = {
  'cases-logic': 0.98,
  'cases-older-variants': 0.95,
  'cases-files': 0.9,
  'cases-http': 0.95,
  'expr-vectors': 0.98,
  'proxy-vectors': 0.95,
  'filter-vectors': 0.99,
  'templates: import': 1,
  'templates: nodes': 0.88,
  'templates: expressions': 1,
};

const MEASURES: Readonly<Record<string, (files: CaseFiles) => Measure>> = {
  'cases-logic': workflowCases,
  'cases-older-variants': workflowCases,
  'cases-files': workflowCases,
  'cases-http': workflowCases,
  'cases-integration': workflowCases,
  'expr-vectors': () => expressions,
  'proxy-vectors': () => expressions,
  'filter-vectors': () => filters,
  'function-vectors': () => functions,
  'doc-examples': () => docExamples,
};

/** Names of the files that hold cases. */
export const KINDS: readonly string[] = [...Object.keys(MEASURES), 'templates'];

/** Verdicts by the line of the table that they belong to. */
export async function measureKind(
  kind: string,
  rows: readonly Row[],
  files: CaseFiles,
): Promise<Record<string, Verdict[]>> {
  if (kind === 'templates') return measureTemplates(rows);
  if (kind !== 'function-vectors') return { [kind]: await measure(rows, MEASURES[kind]!(files)) };
  const typed = rows.filter(isTypedField);
  const others = rows.filter((row) => !isTypedField(row));
  return { [kind]: [...(await measure(others, functions)), ...(await measure(typed, typedFields))] };
}
