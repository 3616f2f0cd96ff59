import { parse as parseYaml } from 'yaml';
import { type Workflow, workflowSchema } from '#engine/workflow.ts';
import { unwrap } from './n8n-file.ts';
import { type ImportOptions, type ImportReport, importN8n } from './n8n-import.ts';
import { isPlain } from './paths.ts';

/**
 * A workflow from the text of a file: JSON or YAML, ours or n8n's. Throws an Error that says what is wrong and, for a
 * file of ours, where. `report` lists nothing for ours: nothing was translated.
 */
export function parseWorkflowText(
  text: string,
  options?: ImportOptions,
): { workflow: Workflow; report: ImportReport } {
  return parseWorkflow(readText(text), options);
}

/** The same for a value that was already parsed. */
export function parseWorkflow(
  value: unknown,
  options?: ImportOptions,
): { workflow: Workflow; report: ImportReport } {
  if (!isOurs(value)) {
    if (!unwrap(value)) throw new Error('This is not a workflow: it has no “nodes”.');
    const { workflow, report } = importN8n(value, options);
    return { workflow, report };
  }
  const parsed = workflowSchema.safeParse(value);
  if (parsed.success) return { workflow: parsed.data, report: { nodes: [], credentials: [] } };
  const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`This workflow file is not valid. ${issues.join('; ')}`);
}

/** Ours says so, or has edges where n8n has connections. */
const isOurs = (value: unknown) =>
  isPlain(value) &&
  (typeof value.format === 'string' || Array.isArray(value.edges)) &&
  !('connections' in value);

function readText(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw new Error('The file is empty.');
  try {
    return JSON.parse(trimmed);
  } catch (jsonError) {
    if (/^[[{]/.test(trimmed)) throw new Error(`The file is not valid JSON: ${messageOf(jsonError)}`);
  }
  try {
    return parseYaml(trimmed, { maxAliasCount: 100 });
  } catch (error) {
    throw new Error(`The file is neither JSON nor YAML: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
