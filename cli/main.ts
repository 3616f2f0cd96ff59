import { existsSync } from 'node:fs';
import { UsageError } from './usage.ts';

/** A command returns what is printed as JSON, text to be printed as it is, or nothing when it has printed already. */
type Command = (args: string[]) => Promise<unknown>;

const USAGE = `Usage: npm run -s cli -- <command>
  run FILE [--input FILE] [--credentials FILE]
                               run a workflow file here, without a database
  run --jsonl                  the same for each line of stdin
  eval --jsonl                 evaluate an expression for each line of stdin
  user create --email E --password P [--name N] [--admin]
  apikey create --email E --name N [--scopes a,b] [--workspace W]
  import FILE --workspace W    create a workflow from a file
  import --jsonl               translate the workflow of each line of stdin
  export WORKFLOW [--yaml | --n8n]
                               print the draft of a workflow
  credentials rotate [--data-keys]
                               seal all secrets anew, after LINKFLOW_MASTER_KEY has changed
  billing setup                make products, prices, meter and portal in Stripe as the plans say
  billing reconcile [--dry-run]
                               compare what is bought with what Stripe says, and put it right
  workflows list|get|activate|deactivate|execute
  executions list|get|cancel|export
  credentials list|create      on a running server: --url URL --key KEY, or LINKFLOW_URL and LINKFLOW_API_KEY
  doctor                       check this installation`;

/** Loaded when needed: an evaluation must not wait for the database client. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  eval: async () => {
    const { evalJsonl } = await import('./commands/eval.ts');
    return () => evalJsonl(process.stdin, process.stdout);
  },
  user: async () => (await import('./commands/user.ts')).userCommand,
  apikey: async () => (await import('./commands/apikey.ts')).apiKeyCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  credentials: async () => (await import('./commands/credentials.ts')).credentialsCommand,
  billing: async () => (await import('./commands/billing.ts')).billingCommand,
  workflows: async () => (await import('./commands/workflows.ts')).workflowsCommand,
  executions: async () => (await import('./commands/executions.ts')).executionsCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
};

async function main([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === 'help' || name === '--help') throw new UsageError(USAGE);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`There is no command “${name}”.\n${USAGE}`);
  if (existsSync('.env')) process.loadEnvFile('.env');
  // Logs go to stdout, and stdout belongs to the answer.
  process.env.LINKFLOW_LOG_LEVEL = 'silent';
  process.env.LINKFLOW_PROCESS ??= 'cli';
  const command = await load();
  const answer = await command(args);
  if (answer !== undefined)
    process.stdout.write(typeof answer === 'string' ? answer : `${JSON.stringify(answer)}\n`);
}

// A reader that has seen enough (`| head`) is no problem.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
