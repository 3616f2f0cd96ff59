import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, required } from '../usage.ts';

const USAGE = 'export WORKFLOW [--yaml]';

/** Prints the draft of a workflow as a file. */
export async function exportCommand(args: string[]): Promise<string> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: { yaml: { type: 'boolean' } },
    words: ['WORKFLOW'],
  });
  const id = required(positionals[0], 'WORKFLOW', USAGE);
  const { exportWorkflow } = await import('#server/workflows/queries.ts');
  const { scopeOfWorkflow } = await import('../accounts.ts');
  const { text } = await withDatabase(async () =>
    exportWorkflow(await scopeOfWorkflow(id), id, values.yaml ? 'yaml' : 'json'),
  );
  return text.endsWith('\n') ? text : `${text}\n`;
}
