import { readFile } from 'node:fs/promises';
import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, required } from '../usage.ts';
import { importJsonl } from './import-jsonl.ts';

const USAGE = 'import FILE --workspace W   or   import --jsonl';

/** Creates a workflow from a file, ours or n8n's: `{workflowId, name, report}`. */
export async function importCommand(args: string[]): Promise<unknown> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: { workspace: { type: 'string' }, jsonl: { type: 'boolean' } },
    words: ['FILE'],
  });
  if (values.jsonl) return importJsonl(process.stdin, process.stdout);
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
