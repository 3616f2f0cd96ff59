import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseWorkflowText } from '#nodes/parse-workflow.ts';
import { createMailDoor } from '#server/mail/mail-door.ts';
import { createHttpDoor } from '#server/outbound/http-door.ts';
import { createCodeRunner } from '#server/sandbox/code-runner.ts';
import { realClock } from '../clocks.ts';
import { readCredentials } from '../credentials-file.ts';
import { toItems } from '../items.ts';
import { runLocally } from '../local-run.ts';
import { readArgs, required } from '../usage.ts';
import { runJsonl } from './run-jsonl.ts';

const USAGE = 'run FILE [--input FILE] [--credentials FILE]   or   run --jsonl';

/**
 * Runs one workflow file for real: its calls go out, its waits are waited. Exit code 1 when it fails. Credentials come from
 * a file of their own, by the ids that the workflow has for them; nodes of an n8n file have n8n's type for an id.
 */
export async function runCommand(args: string[]): Promise<unknown> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: { input: { type: 'string' }, credentials: { type: 'string' }, jsonl: { type: 'boolean' } },
    words: ['FILE'],
  });
  if (values.jsonl) return runJsonl(process.stdin, process.stdout);
  const file = required(positionals[0], 'FILE', USAGE);
  const credentials = values.credentials === undefined ? {} : readCredentials(await read(values.credentials));
  const { workflow, report } = parseWorkflowText(await read(file), { credentials });
  for (const { name, status, reason } of report.nodes) {
    if (status !== 'mapped') process.stderr.write(`${name}: ${status}. ${reason ?? ''}\n`);
  }
  const items = values.input === undefined ? undefined : toItems(JSON.parse(await read(values.input)));
  const allowPrivateNetworks = listOf(process.env.LINKFLOW_ALLOW_PRIVATE_NETWORKS);
  const http = createHttpDoor({ allowPrivateNetworks });
  const code = createCodeRunner();
  try {
    const result = await runLocally(workflow, {
      http,
      credentials,
      mail: createMailDoor({ allowPrivateNetworks }),
      code,
      clock: realClock,
      trigger: { items },
      env: exposedEnv(),
    });
    if (['failed', 'cancelled', 'timeout'].includes(result.status)) process.exitCode = 1;
    return result;
  } finally {
    await Promise.all([http.close(), code.close()]);
  }
}

const read = (file: string): Promise<string> => (file === '-' ? text(process.stdin) : readFile(file, 'utf8'));

const listOf = (value = ''): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const exposedEnv = (): Record<string, string> =>
  Object.fromEntries(
    listOf(process.env.LINKFLOW_EXPOSED_ENV).flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
