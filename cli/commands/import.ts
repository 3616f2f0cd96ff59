import { readFile } from 'node:fs/promises';
import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, required } from '../usage.ts';

const USAGE = 'import FILE --workspace W';

/** Creates a workflow from a file, ours or n8n's: `{workflowId, name, report}`. */
export async function importCommand(args: string[]): Promise<unknown> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: { workspace: { type: 'string' } },
    words: ['FILE'],
  });
  const file = required(positionals[0], 'FILE', USAGE);
  const workspaceId = required(values.workspace, '--workspace', USAGE);
  const text = await readFile(file, 'utf8');
  const { importWorkflow } = await import('#server/workflows/commands.ts');
  const { scopeOfWorkspace } = await import('../accounts.ts');
  return withDatabase(async () => {
    const { workflow, report } = await importWorkflow(await scopeOfWorkspace(workspaceId), text);
    return { workflowId: workflow.id, name: workflow.name, report };
  });
}
