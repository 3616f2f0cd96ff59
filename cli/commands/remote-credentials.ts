import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { answerOf, connectTo, SERVER_OPTIONS, SERVER_USAGE } from '../client/server.ts';
import { readArgs, required } from '../usage.ts';

const USAGE = `credentials list [--cursor C] | create --name N --type T --data FILE   ${SERVER_USAGE}`;

/** Credentials of a running server. Secrets come from a file, or from stdin as `-`: other users of a machine see arguments. */
export async function remoteCredentialsCommand(action: 'list' | 'create', args: string[]): Promise<unknown> {
  const { values } = readArgs(args, {
    usage: USAGE,
    options: {
      ...SERVER_OPTIONS,
      cursor: { type: 'string' },
      name: { type: 'string' },
      type: { type: 'string' },
      data: { type: 'string' },
    },
  });
  if (action === 'list') {
    const query = values.cursor ? { cursor: values.cursor } : {};
    return answerOf(connectTo(values).GET('/credentials', { params: { query } }));
  }
  const name = required(values.name, '--name', USAGE);
  const type = required(values.type, '--type', USAGE);
  const file = required(values.data, '--data', USAGE);
  const said = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  const data = JSON.parse(said) as Record<string, unknown>;
  return answerOf(connectTo(values).POST('/credentials', { body: { name, type, data } }));
}
