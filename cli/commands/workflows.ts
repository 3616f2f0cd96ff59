import { readFile } from 'node:fs/promises';
import { answerOf, connectTo, SERVER_OPTIONS, SERVER_USAGE } from '../client/server.ts';
import { readArgs, required, UsageError } from '../usage.ts';

const USAGE = `workflows list [--search TEXT] [--limit N] [--cursor C] | get ID | activate ID [--message TEXT] | deactivate ID |
  execute ID [--input FILE] [--published] [--wait SECONDS]   ${SERVER_USAGE}`;

/** Workflows of a running server, by its REST API. */
export async function workflowsCommand([action, ...args]: string[]): Promise<unknown> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: {
      ...SERVER_OPTIONS,
      search: { type: 'string' },
      limit: { type: 'string' },
      cursor: { type: 'string' },
      message: { type: 'string' },
      input: { type: 'string' },
      published: { type: 'boolean' },
      wait: { type: 'string' },
    },
    words: action === 'list' ? [] : ['ID'],
  });
  const { search, limit, cursor, message, input, published, wait } = values;
  const path = () => ({ id: required(positionals[0], 'ID', USAGE) });
  const numberOf = (text: string | undefined, name: string) => {
    if (text !== undefined && !/^\d+$/.test(text)) throw new UsageError(`--${name}: “${text}” is no number.`);
    return text === undefined ? {} : { [name]: Number(text) };
  };
  switch (action) {
    case 'list': {
      const query = {
        ...numberOf(limit, 'limit'),
        ...(search ? { search } : {}),
        ...(cursor ? { cursor } : {}),
      };
      return answerOf(connectTo(values).GET('/workflows', { params: { query } }));
    }
    case 'get':
      return answerOf(connectTo(values).GET('/workflows/{id}', { params: { path: path() } }));
    case 'activate':
      return answerOf(
        connectTo(values).POST('/workflows/{id}/activate', {
          params: { path: path() },
          body: message === undefined ? {} : { message },
        }),
      );
    case 'deactivate':
      return answerOf(connectTo(values).POST('/workflows/{id}/deactivate', { params: { path: path() } }));
    case 'execute': {
      const params = { path: path(), query: numberOf(wait, 'wait') };
      const body = {
        ...(published ? { version: 'published' as const } : {}),
        ...(input === undefined
          ? {}
          : { input: JSON.parse(await readFile(input, 'utf8')) as Record<string, unknown> }),
      };
      return answerOf(connectTo(values).POST('/workflows/{id}/execute', { params, body }));
    }
    default:
      throw new UsageError(`Usage: ${USAGE}`);
  }
}
