import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, required } from '../usage.ts';

const USAGE = 'export WORKFLOW [--yaml | --n8n]';

/** Prints the draft of a workflow as a file; for n8n, what that file says differently goes to stderr. */
export async function exportCommand(args: string[]): Promise<string> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: { yaml: { type: 'boolean' }, n8n: { type: 'boolean' } },
    words: ['WORKFLOW'],
  });
  const id = required(positionals[0], 'WORKFLOW', USAGE);
  const { exportWorkflow } = await import('#server/workflows/queries.ts');
  const { scopeOfWorkflow } = await import('../accounts.ts');
  const { text, report } = await withDatabase(async () =>
    exportWorkflow(await scopeOfWorkflow(id), id, values.n8n ? 'n8n' : values.yaml ? 'yaml' : 'json'),
  );
  for (const line of report?.workflow ?? []) process.stderr.write(`${line}\n`);
  for (const { name, status, reason } of report?.nodes ?? [])
    if (status !== 'mapped') process.stderr.write(`${name} (${status}): ${reason ?? ''}\n`);
  return text.endsWith('\n') ? text : `${text}\n`;
}
